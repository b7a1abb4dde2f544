import type { Kernel } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';

/**
 * The one way in to every kernel connection of the application, and the one patch of Lab.
 *
 * Why a patch: Lab has no signal for a new connection. `kernels.runningChanged` tells of kernels, not of connections;
 * a session context tells only of its own. But every connection is made by the kernel manager's `connectTo`:
 * - `kernels.startNew` ends in `this.connectTo`:
 *   https://github.com/jupyterlab/jupyterlab/blob/v4.6.0/packages/services/src/kernel/manager.ts (startNew)
 * - sessions are handed `options => this._kernelManager.connectTo(options)`:
 *   https://github.com/jupyterlab/jupyterlab/blob/v4.6.0/packages/services/src/session/manager.ts (_connectToKernel)
 * and, past the manager, by a connection's own `clone`:
 *   https://github.com/jupyterlab/jupyterlab/blob/v4.6.0/packages/services/src/kernel/default.ts (clone)
 * Replacing the kernel manager plugin would do, too, but only one extension can do that.
 *
 * A connection that code makes by `new KernelConnection(…)` of its own passes by; its runs are seen on IOPub as
 * another client's while any other connection to that kernel is open.
 */
export interface Sightings {
  /** a connection this page has; told once for each */
  onConnection(connection: Kernel.IKernelConnection, isNew: boolean, model: Kernel.IModel): void;
  /** Lab is not what this file expects */
  onFault(fault: ConnectionFault): void;
}

/** Why connections may be missed: `no-connect-to`: Lab has no such method any more; `bypassed`: one came by another way. */
export type ConnectionFault = 'no-connect-to' | 'bypassed';

/** The connections of an application. */
export interface Connections extends IDisposable {
  /** Whether that connection is watched; watch it if not. Tells a fault when it should have been. */
  expect(connection: Kernel.IKernelConnection): void;
}

type ConnectTo = (
  this: Kernel.IManager,
  options: Omit<Kernel.IKernelConnection.IOptions, 'serverSettings'>
) => Kernel.IKernelConnection;
type Clone = (
  this: Kernel.IKernelConnection,
  options?: Parameters<Kernel.IKernelConnection['clone']>[0]
) => Kernel.IKernelConnection;

/** Watches every kernel connection of a manager, those that exist and those to come. */
export function watchConnections(manager: Kernel.IManager, sightings: Sightings): Connections {
  // Another extension may hand out objects of its own in front of Lab's connections; their signals are Lab's.
  const seen = new WeakSet<Kernel.IKernelConnection['anyMessage']>();
  let isDisposed = false;
  const meet = (connection: Kernel.IKernelConnection, isNew: boolean, model: Kernel.IModel) => {
    if (isDisposed || seen.has(connection.anyMessage)) return;
    seen.add(connection.anyMessage);
    wrapClone(connection, clone => meet(clone, true, clone.model));
    sightings.onConnection(connection, isNew, model);
  };
  const unwrap = wrapConnectTo(manager, (connection, model) => meet(connection, true, model));
  if (!unwrap) sightings.onFault('no-connect-to');
  for (const connection of existing(manager)) meet(connection, false, connection.model);
  return {
    get isDisposed() {
      return isDisposed;
    },
    expect: connection => {
      if (isDisposed || seen.has(connection.anyMessage)) return;
      if (unwrap) sightings.onFault('bypassed');
      meet(connection, false, connection.model);
    },
    dispose: () => {
      isDisposed = true;
      unwrap?.();
    }
  };
}

// Others may wrap the same method before or after us. So the inner one is called as it was found, and the wrapping
// is taken back only while ours is the outermost; otherwise it stays in the chain and does nothing.
function wrapConnectTo(
  manager: Kernel.IManager,
  onConnection: (connection: Kernel.IKernelConnection, model: Kernel.IModel) => void
): (() => void) | null {
  const slot = manager as { connectTo?: ConnectTo };
  const inner = slot.connectTo;
  if (typeof inner !== 'function') return null;
  const wasOwn = Object.hasOwn(manager, 'connectTo');
  const outer: ConnectTo = function (options) {
    const connection = inner.call(this, options);
    onConnection(connection, options.model);
    return connection;
  };
  slot.connectTo = outer;
  return () => {
    if (slot.connectTo !== outer) return;
    if (wasOwn) slot.connectTo = inner;
    else delete slot.connectTo;
  };
}

function wrapClone(connection: Kernel.IKernelConnection, onClone: (clone: Kernel.IKernelConnection) => void): void {
  const slot = connection as { clone?: Clone };
  const inner = slot.clone;
  if (typeof inner !== 'function') return;
  slot.clone = function (options) {
    const clone = inner.call(this, options);
    onClone(clone);
    return clone;
  };
}

// The manager's own set is private; where it is gone, sessions' connections are still met through their contexts.
function existing(manager: Kernel.IManager): Kernel.IKernelConnection[] {
  const known = (manager as { _kernelConnections?: unknown })._kernelConnections;
  return known instanceof Set ? ([...known] as Kernel.IKernelConnection[]) : [];
}

/** What one connection tells. */
export interface Listener {
  onMessage: (connection: Kernel.IKernelConnection, args: Kernel.IAnyMessageArgs) => void;
  onStatus: (connection: Kernel.IKernelConnection, status: Kernel.Status) => void;
  onLink: (connection: Kernel.IKernelConnection, link: Kernel.ConnectionStatus) => void;
  onDisposed: (connection: Kernel.IKernelConnection) => void;
}

/** Listens to one connection. The listener's methods are to be guarded. @returns a function that ends it */
export function listen(connection: Kernel.IKernelConnection, listener: Listener): () => void {
  const receiver = {};
  connection.anyMessage.connect(listener.onMessage, receiver);
  connection.statusChanged.connect(listener.onStatus, receiver);
  connection.connectionStatusChanged.connect(listener.onLink, receiver);
  connection.disposed.connect(listener.onDisposed, receiver);
  return () => Signal.clearData(receiver);
}

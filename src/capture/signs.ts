import type { JupyterMessage } from './seen.js';

/** What a message says of the kernel itself. */
export type Sign =
  /** a kernel process told its kind */
  | { kind: 'info'; implementation: string; process: string }
  /** a kernel process came up */
  | { kind: 'starting'; process: string }
  /** a kernel process is alive */
  | { kind: 'alive'; process: string }
  /** the kernel process ended by itself; the server starts another, or gives up */
  | { kind: 'autorestarting' | 'dead' }
  /** somebody asked the kernel to end, or to make room for another process */
  | { kind: 'shutdown'; restart: boolean; process: string };

/**
 * Reads a received message for news of its kernel. A kernel process keeps one session for all its messages, so
 * another session means another process, whoever restarted it.
 */
export function signOf(message: JupyterMessage): Sign | null {
  const { channel, header, parent_header } = message;
  const content = (message.content ?? {}) as Readonly<Record<string, unknown>>;
  switch (header.msg_type) {
    case 'kernel_info_reply': {
      const implementation = content['implementation'];
      if (typeof implementation !== 'string') return { kind: 'alive', process: header.session };
      return { kind: 'info', implementation, process: header.session };
    }
    case 'execute_input':
      return { kind: 'alive', process: header.session };
    case 'status':
      if (channel !== 'iopub') return null;
      return parent_header?.msg_id ? { kind: 'alive', process: header.session } : orphan(content, header.session);
    case 'shutdown_reply':
      return { kind: 'shutdown', restart: content['restart'] === true, process: header.session };
    default:
      return null;
  }
}

// A status without a parent is either the kernel's first word or the server's, in a session of the server's own.
// https://github.com/jupyter-server/jupyter_server/blob/v2.14.0/jupyter_server/services/kernels/connection/channels.py (_send_status_message)
function orphan(content: Readonly<Record<string, unknown>>, session: string): Sign | null {
  switch (content['execution_state']) {
    case 'starting':
      return { kind: 'starting', process: session };
    case 'restarting':
      return { kind: 'autorestarting' };
    case 'dead':
      return { kind: 'dead' };
    default:
      return null;
  }
}

// Extensions that have a hand in kernel connections, each by its own plugin, written by hand in the form that Lab loads.
// Which of them is at work, the page says before Lab starts (`window.otherConnections`). What each saw is counted on
// the page, so that a test can tell that it still works beside ours.
(() => {
  const NAME = 'other-connections';
  const isAtWork = kind => globalThis.otherConnections === kind;
  const seen = (globalThis.seenByOthers = []);
  let shared = {};

  async function take(name) {
    const [version] = Object.values(shared[name] ?? {});
    if (!version) throw new Error(`Lab does not share ${name}`);
    return (await version.get())();
  }

  function wrapConnectTo(manager, name, change = connection => connection) {
    const inner = manager.connectTo;
    manager.connectTo = function (options) {
      const connection = inner.call(this, options);
      seen.push(`${name} ${connection.id}`);
      return change(connection);
    };
  }

  /** A connection of its own in front of Lab's, which hands on all there is. */
  const inFront = connection =>
    new Proxy(connection, {
      get: (target, key) => {
        const value = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      }
    });

  (globalThis._JUPYTERLAB ??= {})[NAME] = {
    init: scope => void (shared = scope),
    get: async () => {
      const services = await take('@jupyterlab/services');
      const { KernelManager, IKernelManager, IServerSettings } = services;

      class OtherManager extends KernelManager {
        connectTo(options) {
          const connection = super.connectTo(options);
          if (isAtWork('replaces the manager')) seen.push(`manager ${connection.id}`);
          return connection;
        }
      }

      const manager = {
        id: `${NAME}:kernel-manager`,
        autoStart: true,
        provides: IKernelManager,
        optional: [IServerSettings],
        activate: (_, serverSettings) => new OtherManager({ serverSettings: serverSettings ?? undefined })
      };
      const wrapping = {
        id: `${NAME}:wrapping`,
        autoStart: true,
        activate: app => {
          const { kernels } = app.serviceManager;
          const late = async (kind, change) => {
            await app.started;
            if (isAtWork(kind)) wrapConnectTo(kernels, 'later', change);
          };
          if (isAtWork('wraps before and after')) wrapConnectTo(kernels, 'first');
          void late('wraps before and after');
          void late('hands out its own', inFront);
        }
      };
      return () => ({ __esModule: true, default: [manager, wrapping] });
    }
  };
})();

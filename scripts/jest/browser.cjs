// What jsdom lacks and JupyterLab's packages touch while they load.
const { TextDecoder, TextEncoder } = require('node:util');
const streams = require('node:stream/web');
const missing = {
  TextDecoder,
  TextEncoder,
  ReadableStream: streams.ReadableStream,
  WritableStream: streams.WritableStream,
  TransformStream: streams.TransformStream,
  structuredClone: globalThis.structuredClone ?? (value => JSON.parse(JSON.stringify(value))),
  matchMedia: query => ({
    matches: false,
    media: query,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {}
  }),
  requestIdleCallback: callback => setTimeout(() => callback({ didTimeout: false, timeRemaining: () => 1 })),
  cancelIdleCallback: id => clearTimeout(id),
  DragEvent: class DragEvent extends (globalThis.Event ?? Object) {},
  ClipboardItem: class ClipboardItem {},
  ResizeObserver: class ResizeObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
  IntersectionObserver: class IntersectionObserver {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
};
for (const [name, value] of Object.entries(missing)) if (globalThis[name] === undefined) globalThis[name] = value;
// A dialog of jsdom has no way to be opened.
const { HTMLDialogElement } = globalThis;
if (HTMLDialogElement && !HTMLDialogElement.prototype.showModal) {
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
    this.dispatchEvent(new Event('close'));
  };
}

import { LabIcon } from '@jupyterlab/ui-components';
import type { Standing } from './standing.js';

// Shapes differ, so that nobody has to tell colours apart; `jp-icon3` follows Lab's theme.
const svg = (shape: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16"><g class="jp-icon3" fill="#616161" fill-rule="evenodd">${shape}</g></svg>`;

const RING = 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1Zm0 1.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6Z';
const MARK = 'M7.1 5.2h1.8v4.2H7.1ZM7.1 10.6h1.8v1.8H7.1Z';

const SHAPES: Readonly<Record<Standing, string>> = {
  recording: `<path d="${RING}"/><circle cx="8" cy="8" r="3.2"/>`,
  off: `<path d="${RING}"/><path d="m3.7 2.6 9.7 9.7-1.1 1.1-9.7-9.7Z"/>`,
  connecting: '<circle cx="3" cy="8" r="1.7"/><circle cx="8" cy="8" r="1.7"/><circle cx="13" cy="8" r="1.7"/>',
  unreachable: `<path d="M8 1.2 15.6 14.8H.4ZM8 4.3 3 13.3H13Z"/><path d="M7.2 7h1.6v3.2H7.2ZM7.2 11h1.6v1.5H7.2Z"/>`,
  refused: '<path d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1Zm-.9 6.1v1.8h7.6V7.1Z"/>',
  // A key's bow and bit, as where one signs in.
  expired:
    '<path d="M5 4.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8Zm0 1.6a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z"/><path d="M8 7.2h7.4v4h-1.6V8.8h-1.4v1.7h-1.6V8.8H8Z"/>',
  // A box that is filled to its lid.
  full: '<path d="M1 2h14v3.4H1Z"/><path d="M2 6.6h12V14H2Zm3.4 1.5v1.5h5.2V8.1Z"/>',
  storage:
    '<path d="M8 1c3.6 0 6 1 6 2.4v9.2C14 14 11.6 15 8 15s-6-1-6-2.4V3.4C2 2 4.4 1 8 1Zm0 1.5c-2.6 0-4.3.5-4.3.9s1.7.9 4.3.9 4.3-.5 4.3-.9-1.7-.9-4.3-.9Z"/>',
  fault: `<path d="M8 .6 15.4 8 8 15.4.6 8ZM8 2.9 2.9 8 8 13.1 13.1 8Z"/><path d="${MARK}"/>`
};

/** The icon of each standing. */
export const standingIcons: Readonly<Record<Standing, LabIcon>> = {
  recording: icon('recording'),
  off: icon('off'),
  connecting: icon('connecting'),
  unreachable: icon('unreachable'),
  refused: icon('refused'),
  expired: icon('expired'),
  full: icon('full'),
  storage: icon('storage'),
  fault: icon('fault')
};

/** The product's own: the cells of a notebook, and the line through them. */
export const productIcon = new LabIcon({
  name: 'celltrail:product',
  svgstr: svg(
    '<path d="M1 2h9v3H1ZM1 6.5h9v3H1ZM1 11h9v3H1Z"/><path d="M12.6 2h1.6v12h-1.6Z"/><circle cx="13.4" cy="3.5" r="1.8"/><circle cx="13.4" cy="8" r="1.8"/><circle cx="13.4" cy="12.5" r="1.8"/>'
  )
});

function icon(name: Standing): LabIcon {
  return new LabIcon({ name: `celltrail:${name}`, svgstr: svg(SHAPES[name]) });
}

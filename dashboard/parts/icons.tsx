import { type ReactNode } from 'react';

/** Icons are drawn here, 16 × 16, in the colour of the text; words always stand beside them, so they have no name. */
const DRAWINGS = {
  check: <path d="M3.5 8.5l3 3 6-7" />,
  cross: <path d="M4.5 4.5l7 7m0-7l-7 7" />,
  busy: <path d="M8 2.5a5.5 5.5 0 1 1-5.5 5.5" />,
  stop: <rect x="4.5" y="4.5" width="7" height="7" rx="1" />,
  skip: <path d="M4 4.5L8 8l-4 3.5zM8.5 4.5l4 3.5-4 3.5z" />,
  bolt: <path d="M9 1.8L3.8 9H8l-1 5.2L12.2 7H8z" />,
  question: <path d="M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12.2v.1" />,
  refresh: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3" />,
  external: <path d="M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3L7.5 8.5" />,
  play: <path d="M5 3.2v9.6L12.5 8z" />,
  sun: (
    <path d="M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1.5v1.2m0 10.6v1.2M1.5 8h1.2m10.6 0h1.2M3.4 3.4l.9.9m7.4 7.4l.9.9m0-9.2l-.9.9m-7.4 7.4l-.9.9" />
  ),
  moon: <path d="M13 9.6A5.4 5.4 0 0 1 6.4 3a5.4 5.4 0 1 0 6.6 6.6z" />,
  screen: <path d="M2.5 3.5h11v7.5h-11zM6 13.5h4" />,
  person: <path d="M8 2.8a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2M3 13.2c.5-2.4 2.5-3.6 5-3.6s4.5 1.2 5 3.6" />,
  warning: <path d="M8 2.5l6 10.7H2zM8 6.6v3M8 11.4v.1" />,
  down: <path d="M4 6.2l4 4 4-4" />,
  previous: <path d="M10 4L6 8l4 4" />,
  next: <path d="M6 4l4 4-4 4" />,
  keyboard: <path d="M1.8 4h12.4v8H1.8zM4.2 6.6v.1M6.7 6.6v.1M9.3 6.6v.1M11.8 6.6v.1M5 9.6h6" />,
  pause: <path d="M5.5 3.5v9M10.5 3.5v9" />,
  search: <path d="M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.4 10.4l3.1 3.1" />,
  copy: <path d="M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3" />,
  link: (
    <path d="M6.5 9.5l3-3M7.2 4.8l1.6-1.6a2.8 2.8 0 0 1 4 4l-1.6 1.6M8.8 11.2l-1.6 1.6a2.8 2.8 0 0 1-4-4l1.6-1.6" />
  ),
  download: <path d="M8 2.5v7.2M4.8 6.8L8 10l3.2-3.2M3 13h10" />,
  calendar: <path d="M2.5 3.8h11v9.7h-11zM2.5 6.8h11M5.3 2.3v2.4M10.7 2.3v2.4" />,
  star: <path d="M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z" />,
  print: <path d="M4.5 6V2.5h7V6M4.5 11.5h-2v-5h11v5h-2M4.5 9.5h7v4h-7z" />,
  cells: <path d="M2.5 3h11v2.6h-11zM2.5 8h11v2.6h-11zM2.5 13h6" />
} satisfies Record<string, ReactNode>;

/** A name of an icon. */
export type IconName = keyof typeof DRAWINGS;

/** An icon beside words that say the same; screen readers pass over it. @param size in px */
export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {DRAWINGS[name]}
    </svg>
  );
}

/** What a page says of one event when it captured it. */
export interface Captured {
  seq: number;
  /** id of the event; of an execution the execution's */
  id: string;
  /** `poison` is one that the server must refuse */
  kind: 'started' | 'finished' | 'other' | 'poison';
}

/** What a page tells the recorder: synchronously, before the outbox hears of it. */
export interface Note {
  page: string;
  /** the browser profile and the tab it is in */
  profile: string;
  tab: string;
  captured: Captured[];
  /** numbers of its events that the outbox called stored on the disk, and answered by the server */
  stored: number[];
  settled: number[];
  /** the last number that the outbox was handed */
  taken: number;
  /** the page goes, and had its turn to leave what is not stored */
  farewell?: true;
}

/** What lies in a profile's outbox. */
export interface Contents {
  waiting: { page: string; seq: number }[];
  refused: { page: string; seq: number }[];
}

/** How the harness speaks to a page: `window.chaos`. */
export interface PageHandle {
  page: string;
  /** no event more */
  quiet(): void;
  /** Whether nothing waits in the outbox. To read all that does takes a browser seconds, and keeps the outbox waiting. */
  isEmpty(): Promise<boolean>;
  contents(): Promise<Contents>;
}

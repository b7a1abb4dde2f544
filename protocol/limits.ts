/** Bytes of one request body. A source of 1 MB escaped as JSON stays under it. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Events in one batch; a larger one is answered 413 and its sender splits it. */
export const MAX_BATCH_EVENTS = 500;

/** UTF-16 code units of one execution's code. */
export const MAX_CODE_LENGTH = 4 * 1024 * 1024;

/** UTF-16 code units kept of `error_message`; capture cuts there and says so in the text. */
export const MAX_ERROR_MESSAGE_LENGTH = 8 * 1024;

/** UTF-16 code units kept of `error_traceback`; the true length travels as `error_traceback_length`. */
export const MAX_TRACEBACK_LENGTH = 64 * 1024;

/** UTF-16 code units of any other text field: paths, names, reasons. */
export const MAX_TEXT_LENGTH = 4096;

/** How far ahead of the server's clock a date may lie, in ms; beyond it the clock that made it is wrong. */
export const MAX_FUTURE_MS = 24 * 60 * 60 * 1000;

/** UTF-8 bytes that all `keepalive` requests of a page share. Fetch standard, §4.6 HTTP-network-or-cache fetch. */
export const KEEPALIVE_BYTES = 65_536;

/** How often a page shows the server that it is open, in ms; by chance up to a tenth later. */
export const PAGE_HEARTBEAT_MS = 60_000;

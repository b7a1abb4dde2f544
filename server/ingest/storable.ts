/** What the text of Postgres can't hold, or no UTF-8 can: NUL and surrogates without their other half. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** A text as Postgres can hold it: NUL shows as U+2400 (␀), a lone surrogate as U+FFFD (�). Same length. */
export function storable(text: string): string {
  if (isStorable(text)) return text;
  return text.replaceAll('\0', '\u2400').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Whether {@link storable} leaves a text as it is. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}

/** A value of JSON with every text in it storable, keys too. */
export function storableValue<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part: unknown) => {
    if (typeof part === 'string') return storable(part);
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).map(([key, inner]) => [storable(key), inner as unknown]));
  }) as T;
}

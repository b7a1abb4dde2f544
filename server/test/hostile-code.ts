/** As long as what is read of a code, and seconds of work: each call's text is looked for in all that is inside it. */
export const HOSTILE_CODE = 'Path('.repeat(20_000);

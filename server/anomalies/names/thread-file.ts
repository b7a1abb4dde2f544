/** What {@link createReader} runs in a thread. In tests jest.config.js puts the same from its TypeScript in its place. */
export const THREAD_FILE = new URL('./thread.js', import.meta.url);

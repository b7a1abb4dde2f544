/**
 * The words meant for a person, of a log that also has lines of JSON.
 * @param {string} text
 * @returns {string} all of it where there are none
 */
export function plainWords(text) {
  const plain = text.split('\n').filter(line => !line.startsWith('{'));
  return plain.join('\n').trim() || text;
}

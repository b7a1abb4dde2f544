/** Forms of a letter or digit that are searched as one: what is found by either, whoever's keyboard wrote it. */
const FORMS: readonly (readonly [string, string])[] = [
  ['\u064A\u0649', '\u06CC'], // Arabic ye and alef maksura, Persian ye
  ['\u0643', '\u06A9'], // Arabic kaf, Persian kaf
  ['\u0629\u06C0', '\u0647'], // te marbuta and he with ye, he
  ...Array.from({ length: 10 }, (_, n) => [String.fromCharCode(0x06f0 + n, 0x0660 + n), String(n)] as const)
];

/** What is not searched at all: zero-width joiners, marks of direction, the stroke that lengthens, vowel marks. */
const IGNORED = '\u200B\u200C\u200D\u200E\u200F\uFEFF\u0640\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0670';

const FROM = FORMS.map(([forms]) => forms).join('');
const TO = FORMS.map(([forms, one]) => one.repeat(forms.length)).join('');

const ONE = new Map([...FROM].map((form, i) => [form, TO[i]!]));
const NONE = new Set(IGNORED);

/** A text as it is searched, as `celltrail_search_text` makes it in the database, with the place in the original that each of its code units comes from, and the end. */
export function searchForm(text: string): { form: string; places: number[] } {
  let form = '';
  const places: number[] = [];
  let at = 0;
  for (const character of text) {
    const searched = NONE.has(character) ? '' : (ONE.get(character) ?? character.toLowerCase());
    for (let i = 0; i < searched.length; i++) places.push(at);
    form += searched;
    at += character.length;
  }
  places.push(at);
  return { form, places };
}

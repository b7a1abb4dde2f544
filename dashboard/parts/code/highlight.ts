import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import { parser } from '@lezer/python';
import styles from './Code.module.css';
import { type Piece } from './piece.js';

/** Longer code stays without colours: nobody reads it for its colours, and the page should answer. In characters. */
const MOST = 60_000;

const colours = tagHighlighter([
  { tag: [tags.comment, tags.lineComment, tags.blockComment], class: styles.comment! },
  {
    tag: [
      tags.keyword,
      tags.controlKeyword,
      tags.operatorKeyword,
      tags.definitionKeyword,
      tags.moduleKeyword,
      tags.modifier
    ],
    class: styles.keyword!
  },
  { tag: [tags.string, tags.docString, tags.special(tags.string)], class: styles.string! },
  { tag: [tags.number, tags.bool, tags.null], class: styles.literal! },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.definition(tags.className)],
    class: styles.call!
  },
  { tag: [tags.meta, tags.self], class: styles.meta! }
]);

/** Python's code in pieces of one colour each. Code that is no Python loses no character, only colours. */
export function highlight(code: string): Piece[] {
  if (code.length > MOST) return [{ text: code, style: '' }];
  const pieces: Piece[] = [];
  highlightCode(
    code,
    parser.parse(code),
    colours,
    (text, style) => pieces.push({ text, style }),
    () => pieces.push({ text: '\n', style: '' })
  );
  return pieces;
}

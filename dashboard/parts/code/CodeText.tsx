import { markPieces, type Stretch } from './marked.js';
import { useHighlighter } from './use-highlighter.js';
import styles from './Code.module.css';

const NONE: readonly Stretch[] = [];

/** Code in its colours as soon as the highlighter has arrived, and with what was looked for marked. */
export function CodeText({ text, marks = NONE }: { text: string; marks?: readonly Stretch[] }) {
  const highlight = useHighlighter();
  const pieces = highlight ? highlight(text) : [{ text, style: '' }];
  return (
    <>
      {markPieces(pieces, marks).map(({ text: part, style, isMark }, index) =>
        isMark ? (
          <mark key={index} className={`${styles.mark} ${style}`}>
            {part}
          </mark>
        ) : style ? (
          <span key={index} className={style}>
            {part}
          </span>
        ) : (
          part
        )
      )}
    </>
  );
}

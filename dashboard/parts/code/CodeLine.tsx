import { CodeText } from './CodeText.js';
import { type Stretch } from './marked.js';
import styles from './Code.module.css';

/** A line of code, or a few, always left to right, cut off where their place ends. */
export function CodeLine({ text, marks }: { text: string; marks?: readonly Stretch[] }) {
  return (
    <bdi dir="ltr" className={styles.line}>
      <CodeText text={text} marks={marks} />
    </bdi>
  );
}

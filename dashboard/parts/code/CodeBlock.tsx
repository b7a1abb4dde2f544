import { CodeText } from './CodeText.js';
import styles from './Code.module.css';

/** All of a code, always left to right. @param label its name for screen readers: a block that scrolls takes the focus */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <pre dir="ltr" className={styles.block} tabIndex={0} role="group" aria-label={label}>
      <code>
        <CodeText text={code} />
      </code>
    </pre>
  );
}

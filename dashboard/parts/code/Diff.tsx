import { VisuallyHidden } from '@mantine/core';
import { useWords } from '../../shell/language.js';
import { lineDiff, withoutUnchanged, type DiffLine } from './line-diff.js';
import styles from './Diff.module.css';

const CONTEXT = 3;
const SIGNS = { same: ' ', added: '+', removed: '−' } as const;

/** Two texts compared, always left to right; a sign, a colour and a word say what became of each line. */
export default function Diff({ before, after, label }: { before: string; after: string; label: string }) {
  const { t } = useWords();
  const lines = withoutUnchanged(lineDiff(before, after), CONTEXT);
  return (
    <div dir="ltr" className={styles.diff} role="group" aria-label={label} tabIndex={0}>
      {lines.map((line, index) =>
        line.kind === 'skipped' ? (
          <p key={index} className={styles.skipped}>
            <bdi>{t('execution.diff.skipped', { count: line.lines })}</bdi>
          </p>
        ) : (
          <Line key={index} line={line} />
        )
      )}
    </div>
  );
}

function Line({ line: { kind, text, before, after } }: { line: DiffLine }) {
  const { t } = useWords();
  return (
    <p className={styles.row} data-kind={kind}>
      <span className={styles.number} aria-hidden="true">
        {before}
      </span>
      <span className={styles.number} aria-hidden="true">
        {after}
      </span>
      <span aria-hidden="true">{SIGNS[kind]}</span>
      {kind !== 'same' && <VisuallyHidden>{t(`execution.diff.${kind}`)} </VisuallyHidden>}
      <code className={styles.text}>{text}</code>
    </p>
  );
}

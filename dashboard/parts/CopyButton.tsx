import { useEffect, useState } from 'react';
import { useWords } from '../shell/language.js';
import { PressButton } from './PressButton.js';
import { type IconName } from './icons.js';
import { copyText } from './copy-text.js';

/** How long the button says that it is done, in ms. */
const SAID_MS = 2000;

/** Copies a text, and says so. */
export function CopyButton({ name, text, icon = 'copy' }: { name: string; text: () => string; icon?: IconName }) {
  const { t } = useWords();
  const [copied, setCopied] = useState<boolean | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), SAID_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const said = copied === null ? name : t(copied ? 'copy.done' : 'copy.failed');
  return (
    <span role="status">
      <PressButton icon={copied ? 'check' : icon} name={said} onPress={() => void copyText(text()).then(setCopied)} />
    </span>
  );
}

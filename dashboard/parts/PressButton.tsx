import { Icon, type IconName } from './icons.js';
import styles from './PressButton.module.css';

interface PressButtonProps {
  name: string;
  icon?: IconName;
  /** whether what it does is under way */
  busy?: boolean;
  /** for one that is on or off */
  pressed?: boolean;
  tone?: 'plain' | 'main' | 'quiet';
  onPress: () => void;
}

/** A button that does something here, in the portal's own look. */
export function PressButton({ name, icon, busy = false, pressed, tone = 'plain', onPress }: PressButtonProps) {
  return (
    <button
      type="button"
      className={styles.button}
      data-tone={tone}
      aria-busy={busy || undefined}
      aria-pressed={pressed}
      onClick={() => {
        if (!busy) onPress();
      }}
    >
      {icon && <Icon name={busy ? 'busy' : icon} className={busy ? styles.turning : undefined} />}
      {name}
    </button>
  );
}

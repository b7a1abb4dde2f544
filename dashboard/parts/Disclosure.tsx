import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Icon, type IconName } from './icons.js';
import styles from './Disclosure.module.css';

interface DisclosureProps {
  /** what the button says */
  name: ReactNode;
  icon?: IconName;
  /** name for screen readers, where what the button says is not enough */
  label?: string;
  /** at which end of the button the panel stands */
  align?: 'start' | 'end';
  /** what opens; gets what closes it */
  children: (close: () => void) => ReactNode;
}

/** A button with a panel beneath it. Escape, a press elsewhere and the focus going on close it. */
export function Disclosure({ name, icon, label, align = 'start', children }: DisclosureProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const whole = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const onPress = (event: Event) => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false);
    };
    addEventListener('pointerdown', onPress);
    addEventListener('focusin', onPress);
    return () => {
      removeEventListener('pointerdown', onPress);
      removeEventListener('focusin', onPress);
    };
  }, [open]);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      ref={whole}
      className={styles.whole}
      onKeyDown={event => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        {icon && <Icon name={icon} />}
        <span>{name}</span>
        <Icon name="down" size={12} />
      </button>
      {open && (
        <div id={id} className={styles.panel} data-align={align}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

import { Button } from '@mantine/core';
import { Icon } from './icons.js';
import styles from './AgainButton.module.css';

/** Asks again. While that goes on its icon turns; it stays as it is otherwise, so that it keeps the focus. */
export function AgainButton({ name, trying, onPress }: { name: string; trying: boolean; onPress: () => void }) {
  return (
    <Button
      variant="default"
      aria-busy={trying}
      leftSection={<Icon name="refresh" className={trying ? styles.turning : undefined} />}
      onClick={onPress}
    >
      {name}
    </Button>
  );
}

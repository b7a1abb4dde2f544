import { Link } from '../shell/route.js';
import styles from './PersonLink.module.css';

/** The screen of one person. */
export function personAddress(username: string): string {
  return `/portal/people/${encodeURIComponent(username)}`;
}

/** A person's name, as the way to what is known of them. */
export function PersonLink({ username }: { username: string }) {
  return (
    <Link href={personAddress(username)} className={styles.person} title={username}>
      <bdi>{username}</bdi>
    </Link>
  );
}

import { type ReactNode } from 'react';
import styles from './Card.module.css';

/** A named part of a screen on its own ground. @param id of the heading that names it */
export function Card({
  id,
  title,
  aside,
  children
}: {
  id: string;
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.card} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

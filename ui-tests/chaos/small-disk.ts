import { execFileSync } from 'node:child_process';
import { mkdirSync, statfsSync } from 'node:fs';
import { userInfo } from 'node:os';

/** A file system in memory that can be made full without filling it. */
export interface SmallDisk {
  folder: string;
  /** Leaves room for some pages only. */
  fill(): void;
  /** Gives room again. */
  empty(): void;
  unmount(): void;
}

const MOST = '6g';
const LEFT_BYTES = 128 * 1024;

/** Mounts one. @returns null where this user can't */
export function mountSmallDisk(folder: string): SmallDisk | null {
  if (process.platform !== 'linux' || userInfo().uid !== 0) return null;
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MOST},mode=755`, 'celltrail-chaos', folder], { stdio: 'pipe' });
  } catch {
    return null; // a container without the right to mount
  }
  const resize = (size: string | number): void =>
    void execFileSync('mount', ['-o', `remount,size=${size}`, folder], { stdio: 'pipe' });
  return {
    folder,
    fill() {
      const { blocks, bfree, bsize } = statfsSync(folder);
      resize((blocks - bfree) * bsize + LEFT_BYTES);
    },
    empty: () => resize(MOST),
    unmount: () => void execFileSync('umount', ['-l', folder], { stdio: 'pipe' })
  };
}

import { readFileSync } from 'node:fs';

const PAGE_BYTES = 4096;
/** A decoder fills some 50 MB in that time. */
const LOOK_MS = 20;

/**
 * Calls `onOver` once a process holds more than so many MB that it shares with nobody. Returns how
 * to stop looking. Systems without Linux's /proc are not looked at.
 */
export function watchMemory(pid: number, megabytes: number, onOver: () => void): () => void {
  const looking = setInterval(() => {
    if (ownMb(pid) <= megabytes) return;
    clearInterval(looking);
    onOver();
  }, LOOK_MS);
  return () => clearInterval(looking);
}

/** Resident without shared pages, as proc(5) counts them; 0 for a process that is gone. */
function ownMb(pid: number): number {
  try {
    const [, resident = 0, shared = 0] = readFileSync(`/proc/${pid}/statm`, 'utf8')
      .split(' ')
      .map(Number);
    return ((resident - shared) * PAGE_BYTES) / 2 ** 20;
  } catch {
    return 0;
  }
}

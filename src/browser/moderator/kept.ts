import type { Kept } from './outbox-world.ts';

const KEY = 'desk-unsent';
/** Decisions remembered once they have arrived: what one may still want to take back. */
const MOST = 100;

export function readKept(me: string): Kept {
  const nothing: Kept = { me, queue: [], done: [], known: [] };
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null;
    return kept?.me === me ? kept : nothing;
  } catch {
    return nothing;
  }
}

export function writeKept({ done, known, ...rest }: Kept): void {
  const kept = { ...rest, done: done.slice(-MOST), known: known.slice(-MOST) };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A browser that keeps nothing still sends: only a reload would lose what is unsent.
  }
}

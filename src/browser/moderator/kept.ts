import type { Decision } from './send.ts';

const KEY = 'desk-unsent';
/** Decisions remembered once they have arrived: what one may still want to take back. */
const MOST = 100;

/** What must survive a reload of this tab. */
interface Kept {
  /** Whose decisions these are: never sent under another's name. */
  me: string;
  /** Not sent yet. */
  queue: Decision[];
  /** Made and not taken back, newest last. */
  done: Decision[];
  /** The versions our decisions have made. */
  known: [id: string, version: number][];
}

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

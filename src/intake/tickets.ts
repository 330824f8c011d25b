import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import { Refusal } from '../submission/refusals.ts';
import { readCursor, writeCursor } from '../web/cursor.ts';

/** The slower way in, for whom no script solves a puzzle: each waits for a turn of their own. */
const EVERY_MS = 2_000;
const FIRST_MS = 10_000;
/** Tickets given out and not yet due: the last one waits five minutes. */
const MOST_AHEAD = 150;
/** How long a turn is kept for who looks away. */
const KEPT_MS = 50 * 60_000;

interface Turn {
  id: string;
  from: number;
}

export interface Tickets {
  /**
   * Lets the bearer of a ticket in, once, when its turn has come.
   * @throws Refusal `wait-needed`, with the seconds to wait and the ticket to come back with;
   * `line-full` when so many wait that there is no ticket to be had.
   */
  use(text: string | undefined): void;
}

export function openTickets(keys: Keys, now: () => Date): Tickets {
  const used = new Map<string, number>();
  let lastTurn = 0;

  function take(at: number): never {
    for (const [id, until] of used) if (until < at) used.delete(id);
    const from = Math.max(at + FIRST_MS, lastTurn + EVERY_MS);
    const ahead = (from - at - FIRST_MS) / EVERY_MS;
    if (ahead > MOST_AHEAD) throw new Refusal('line-full', { retryAfter: 60 });
    lastTurn = from;
    return comeBack(writeCursor(keys, 'ticket', { id: randomUUID(), from }), from - at);
  }

  function comeBack(ticket: string, ms: number): never {
    throw new Refusal('wait-needed', { retryAfter: Math.ceil(ms / 1000), extra: { ticket } });
  }

  return {
    use(text) {
      const at = now().getTime();
      const turn = text ? readCursor<Turn>(keys, 'ticket', text) : null;
      if (!text || !turn || turn.from + KEPT_MS < at || used.has(turn.id)) return take(at);
      if (turn.from > at) return comeBack(text, turn.from - at);
      used.set(turn.id, turn.from + KEPT_MS);
    },
  };
}

/** Senders, or chunks of their photos, in one turn of the event loop: a few milliseconds of work. */
const EACH_TURN = 8;

/** Calls back when it is the turn of a sender, or of a chunk. */
export type TakeTurn = (go: () => void) => void;

/**
 * Lets a few senders or chunks of photos pass in each turn of the event loop, first come, first
 * served. What waits is not read any further meanwhile. Without it, a turn with a thousand senders
 * reads, digests and seals a chunk of each before anybody else is answered.
 */
export function openTurns(each = EACH_TURN): TakeTurn {
  const waiting: (() => void)[] = [];
  let left = each;
  let counting = false;

  function begin(): void {
    left = each;
    counting = false;
    for (const go of waiting.splice(0, each)) pass(go);
  }

  function pass(go: () => void): void {
    left -= 1;
    if (!counting) setImmediate(begin);
    counting = true;
    go();
  }

  return (go) => {
    if (left > 0) pass(go);
    else waiting.push(go);
  };
}

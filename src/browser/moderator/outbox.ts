import type { Stage } from '../sending/deliver.ts';
import type { Decision, Result } from './decision.ts';
import type { Listener, Way, World } from './outbox-world.ts';

/**
 * Sends decisions in the background, in order and until each has arrived, over lost connections
 * and reloads. Versions make a repeat harmless.
 */
export function openOutbox(me: string, world: World, listener: Listener) {
  const { queue, done, known: versions } = world.read(me);
  const known = new Map(versions);
  let sending: Decision | undefined;
  let way: Way = 'idle';
  let idle: (() => void)[] = [];
  let [made, arrived] = [queue.reduce((sum, decision) => sum + countOf(decision), 0), 0];

  const save = () => world.write({ me, queue, done, known: [...known] });

  function tell(next: Way): void {
    way = next;
    listener.way(way, queue.length);
    if (queue.length > 0) return;
    for (const resolve of idle) resolve();
    idle = [];
  }

  async function pump(): Promise<void> {
    if (sending) return;
    const onStage = ({ stage }: Stage) =>
      tell(stage === 'sending' || stage === 'offline' ? stage : 'again');
    for (let first = queue[0]; first; first = queue[0]) {
      sending = first;
      const version = Math.max(first.seen, known.get(first.id) ?? 0);
      const result = await world.send(first, version, me, onStage);
      sending = undefined;
      if (result.kind === 'signed-out') return tell('signed-out');
      queue.shift();
      settle(first, result);
      save();
    }
    tell('idle');
  }

  function settle(decision: Decision, result: Result): void {
    if (result.kind === 'arrived') {
      known.set(decision.id, result.version);
      arrived += countOf(decision);
      return;
    }
    made -= countOf(decision);
    removeFrom(done, decision.id);
    // What was to take it back has nothing to take back.
    for (const next of queue.filter(({ id }) => id === decision.id)) drop(next);
    listener.failed(decision, result);
  }

  function drop(decision: Decision): void {
    queue.splice(queue.indexOf(decision), 1);
    made -= countOf(decision);
  }

  // What an earlier page could not send.
  void pump();

  return {
    add(decision: Decision): void {
      queue.push(decision);
      done.push(decision);
      made += countOf(decision);
      save();
      tell(way);
      void pump();
    },

    /** Takes the last decision back: before it has left, or by another one. Returns what it was. */
    undo(): Decision | undefined {
      const last = done.pop();
      if (!last) return undefined;
      const own = queue.findLast(({ id }) => id === last.id);
      if (own && own !== sending) drop(own);
      else {
        const reopening: Decision = { ...last, act: 'reopening', seen: 0, body: {} };
        queue.push(reopening);
        made += countOf(reopening);
      }
      save();
      tell(way);
      void pump();
      return last;
    },

    /** Whether somebody here decided about it and did not take that back. */
    isDecided: (id: string) => done.some((decision) => decision.id === id),
    canUndo: () => done.length > 0,
    /** Whether a decision about it has not arrived yet. */
    isUnsent: (id: string) => queue.some((decision) => decision.id === id),
    /** The version that our own decisions have made of a photo. */
    versionOf: (id: string) => known.get(id) ?? 0,
    unsent: () => queue.length,
    /** Photos decided about here, and of those the ones that arrived: what a page may not know yet. */
    counts: () => ({ made, arrived }),

    /** Resolves when nothing is on its way. */
    whenIdle: () =>
      new Promise<void>((resolve) => {
        idle.push(resolve);
        tell(way);
      }),
  };
}

export type Outbox = ReturnType<typeof openOutbox>;

/** What a decision does to the number of photos that wait. */
function countOf({ act }: Decision): number {
  return act === 'reopening' ? -1 : 1;
}

function removeFrom(decisions: Decision[], id: string): void {
  const at = decisions.findLastIndex((decision) => decision.id === id);
  if (at !== -1) decisions.splice(at, 1);
}

import { describe, expect, it } from 'vitest';
import {
  type Decision,
  isBusy,
  type Result,
  resultOf,
} from '../../src/browser/moderator/decision.ts';
import { openOutbox } from '../../src/browser/moderator/outbox.ts';
import type { Kept, Way } from '../../src/browser/moderator/outbox-world.ts';

const ME = 'ada@example.org';
const decision = (id: string, act: Decision['act'] = 'approval', seen = 2): Decision => ({
  id,
  act,
  seen,
  body: {},
  city: id,
});
const arrived = (version: number): Result => ({ kind: 'arrived', version });
const late: Result = {
  kind: 'late',
  current: { state: 'rejected', version: 3, decidedBy: 'bo@example.org' },
};

/** A world that remembers, and answers each decision when the test says so. */
function openWorld(kept: Partial<Kept> = {}) {
  let stored: Kept = { me: ME, queue: [], done: [], known: [], ...kept };
  const sent: { id: string; act: string; version: number }[] = [];
  const ways: [Way, number][] = [];
  const failed: string[] = [];
  let answer: (result: Result) => void = () => {};
  const outbox = openOutbox(
    ME,
    {
      read: () => structuredClone(stored),
      write: (next) => {
        stored = structuredClone(next);
      },
      send: ({ id, act }, version) => {
        sent.push({ id, act, version });
        return new Promise((resolve) => {
          answer = resolve;
        });
      },
    },
    {
      way: (way, count) => void ways.push([way, count]),
      failed: ({ id }) => void failed.push(id),
    },
  );
  return {
    outbox,
    sent,
    ways,
    failed,
    stored: () => stored,
    /** Answers what is being sent, and lets the outbox go on. */
    async answer(result: Result) {
      answer(result);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

describe('the outbox of the desk', () => {
  it('sends one after the other, and keeps what has not arrived', async () => {
    const { outbox, sent, stored, answer } = openWorld();
    outbox.add(decision('a'));
    outbox.add(decision('b', 'rejection'));
    expect(sent).toEqual([{ id: 'a', act: 'approval', version: 2 }]);
    expect(stored().queue.map(({ id }) => id)).toEqual(['a', 'b']);
    await answer(arrived(3));
    expect(sent.at(-1)).toEqual({ id: 'b', act: 'rejection', version: 2 });
    expect(stored().queue.map(({ id }) => id)).toEqual(['b']);
    await answer(arrived(3));
    expect(outbox.unsent()).toBe(0);
    await outbox.whenIdle();
  });

  it('goes on after a reload with what was left', async () => {
    const { sent, answer, outbox } = openWorld({ queue: [decision('a'), decision('b')] });
    expect(outbox.counts()).toEqual({ made: 2, arrived: 0 });
    await answer(arrived(3));
    expect(sent.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(outbox.counts()).toEqual({ made: 2, arrived: 1 });
  });

  it('takes back what has not left without a word to the service', async () => {
    const { outbox, sent, answer } = openWorld();
    outbox.add(decision('a'));
    outbox.add(decision('b'));
    expect(outbox.undo()?.id).toBe('b');
    expect(outbox.isDecided('b')).toBe(false);
    await answer(arrived(3));
    expect(sent.map(({ id }) => id)).toEqual(['a']);
  });

  it('reopens what is on its way or has arrived, with the version its answer brought', async () => {
    const { outbox, sent, answer } = openWorld();
    outbox.add(decision('a'));
    expect(outbox.undo()?.id).toBe('a');
    await answer(arrived(3));
    expect(sent.at(-1)).toEqual({ id: 'a', act: 'reopening', version: 3 });
    await answer(arrived(4));
    outbox.add(decision('a', 'rejection'));
    expect(sent.at(-1)).toEqual({ id: 'a', act: 'rejection', version: 4 });
    expect(outbox.counts()).toEqual({ made: 1, arrived: 0 });
  });

  it('takes nothing back of a decision that never came to be', async () => {
    const { outbox, sent, failed, answer } = openWorld();
    outbox.add(decision('a'));
    outbox.undo();
    await answer(late);
    expect(failed).toEqual(['a']);
    expect(sent).toHaveLength(1);
    expect(outbox.unsent()).toBe(0);
    expect(outbox.counts()).toEqual({ made: 0, arrived: 0 });
    outbox.add(decision('b'));
    await answer(late);
    expect(outbox.undo()).toBeUndefined();
  });

  it('keeps everything when the session has ended', async () => {
    const { outbox, ways, stored, answer } = openWorld();
    outbox.add(decision('a'));
    outbox.add(decision('b'));
    await answer({ kind: 'signed-out' });
    expect(ways.at(-1)).toEqual(['signed-out', 2]);
    expect(stored().queue).toHaveLength(2);
  });
});

describe('an answer to a decision', () => {
  const problem = (current: object, code = 'decided-already') => ({
    status: 409,
    body: { code, title: 'Somebody was faster', detail: 'Look again.', current },
    retryAfter: 0,
  });
  const standing = (state: string, version: number, decidedBy: string | null) => ({
    state,
    version,
    decidedBy,
  });

  it('is good when it says that we decided so ourselves: the first answer was lost', () => {
    const ours = problem(standing('approved', 3, ME));
    expect(resultOf('approval', 2, ME, ours)).toEqual(arrived(3));
    expect(resultOf('reopening', 3, ME, problem(standing('waiting', 4, null)))).toEqual(arrived(4));
  });

  it.each([
    ['by a colleague', standing('approved', 3, 'bo@example.org')],
    ['otherwise', standing('rejected', 3, ME)],
    ['more than once', standing('approved', 5, ME)],
    ['by the supporter', standing('withdrawn', 3, null)],
  ])('is late when it was decided %s', (_, current) => {
    expect(resultOf('approval', 2, ME, problem(current))).toEqual({ kind: 'late', current });
  });

  it('is tried again only while files are on their way, never when somebody was faster', () => {
    const code = 'not-possible-now';
    expect(isBusy(4, problem(standing('waiting', 4, null), code))).toBe(true);
    expect(isBusy(3, problem(standing('waiting', 4, null), code))).toBe(false);
    expect(isBusy(4, problem(standing('waiting', 4, null)))).toBe(false);
  });

  it('says in the words of the service why it was refused', () => {
    const body = { code: 'brake-on', title: 'Stopped', detail: 'Ask a colleague.' };
    expect(resultOf('rejection', 2, ME, { status: 403, body, retryAfter: 0 })).toEqual({
      kind: 'refused',
      detail: 'Stopped. Ask a colleague.',
    });
  });
});

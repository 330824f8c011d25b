import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBell } from '../../src/bell.ts';
import { type Loop, runLoop } from '../../src/processing/loop.ts';

const never = () => expect.unreachable();
let loop: Loop;

beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  vi.useRealTimers();
  await loop.stop();
});

/** By the timers the test has taken over. */
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a lane', () => {
  it('goes on at once while there is something to do, then sleeps', async () => {
    let left = 5;
    const act = vi.fn(async () => left-- > 0);
    loop = runLoop(act, 1, openBell(), never);
    await settle();
    expect(act).toHaveBeenCalledTimes(6);
    await vi.advanceTimersByTimeAsync(999);
    expect(act).toHaveBeenCalledTimes(6);
    await vi.advanceTimersByTimeAsync(1);
    expect(act).toHaveBeenCalledTimes(7);
  });

  it('is woken by the bell', async () => {
    const bell = openBell();
    const act = vi.fn(async () => false);
    loop = runLoop(act, 1, bell, never);
    await settle();
    bell.ring();
    await settle();
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('tells what failed, once, and goes on after its sleep', async () => {
    const failures: unknown[] = [];
    const act = vi.fn(async () => {
      throw new Error('Oops');
    });
    loop = runLoop(act, 1, openBell(), (error) => failures.push(error));
    await settle();
    expect(failures).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(failures).toHaveLength(2);
  });

  it('hears a bell that rang while it looked', async () => {
    const bell = openBell();
    const act = vi.fn(async () => {
      if (act.mock.calls.length === 1) bell.ring();
      return false;
    });
    loop = runLoop(act, 1, bell, never);
    await settle();
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('looks for all lanes while they sleep', async () => {
    const act = vi.fn(async () => false);
    loop = runLoop(act, 5, openBell(), never);
    await settle();
    expect(act).toHaveBeenCalledTimes(5);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(act).toHaveBeenCalledTimes(8);
  });

  it('wakes the next one when there was something to do, not all of them at a ring', async () => {
    const bell = openBell();
    let left = 0;
    const act = vi.fn(async () => left-- > 0);
    loop = runLoop(act, 5, bell, never);
    await settle();
    bell.ring();
    await settle();
    expect(act).toHaveBeenCalledTimes(6);
    left = 1;
    bell.ring();
    await settle();
    // Who did it looks again, and so does the one it woke.
    expect(act).toHaveBeenCalledTimes(9);
  });

  it('waits for nobody else', async () => {
    let first = true;
    const act = vi.fn(async () => {
      if (!first) return false;
      first = false;
      await sleep(10_000);
      return true;
    });
    loop = runLoop(act, 2, openBell(), never);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(act.mock.calls.length).toBeGreaterThanOrEqual(4);
    await vi.advanceTimersByTimeAsync(7_000);
  });
});

it('stops when what runs has ended, and begins nothing new', async () => {
  let ended = false;
  const act = vi.fn(async () => {
    await sleep(500);
    ended = true;
    return true;
  });
  const bell = openBell();
  loop = runLoop(act, 1, bell, never);
  const stopped = loop.stop();
  await vi.advanceTimersByTimeAsync(500);
  await stopped;
  expect(ended).toBe(true);
  bell.ring();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(act).toHaveBeenCalledTimes(1);
});

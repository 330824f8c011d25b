import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/browser/sending/answer.ts';
import { deliver, type Stage } from '../../src/browser/sending/deliver.ts';
import { verdictOf, waitSeconds } from '../../src/browser/sending/waits.ts';

const answer = (status: number, retryAfter = 0): Answer => ({ status, body: null, retryAfter });

/** A world in which the answers are known before, and time passes by itself. */
function world(answers: Answer[], online: () => boolean = () => true, proofs: boolean[] = []) {
  const told: Stage[] = [];
  let sent = 0;
  let comeBack = () => {};
  return {
    told,
    sent: () => sent,
    comeBack: () => comeBack(),
    send() {
      sent += 1;
      return { answer: Promise.resolve(answers.shift() ?? answer(0)), abort() {} };
    },
    prove: () => Promise.resolve(proofs.shift() ?? false),
    online,
    onOnline(callback: () => void) {
      comeBack = callback;
      return () => {};
    },
    after(_ms: number, callback: () => void) {
      const timer = setTimeout(callback);
      return () => clearTimeout(timer);
    },
    tell: (stage: Stage) => void told.push(stage),
  };
}

describe('a delivery', () => {
  it('goes on over broken connections, waiting longer each time', async () => {
    const here = world([answer(0), answer(0), answer(503, 60), answer(201)]);
    expect((await deliver(here).done)?.status).toBe(201);
    expect(here.sent()).toBe(4);
    const waits = here.told.flatMap((stage) => (stage.stage === 'waiting' ? stage.seconds : []));
    expect(waits).toEqual([2, 4, 60]);
  });

  it('solves a puzzle when it is asked for one, and waits where it cannot', async () => {
    const asked = { ...answer(429, 60), body: { code: 'proof-needed' } };
    const here = world([asked, asked, answer(201)], undefined, [true, false]);
    expect((await deliver(here).done)?.status).toBe(201);
    const stages = here.told.map(({ stage }) => stage);
    expect(stages).toEqual(['sending', 'proving', 'sending', 'proving', 'waiting', 'sending']);
  });

  it('ends with a refusal', async () => {
    const here = world([answer(422)]);
    expect((await deliver(here).done)?.status).toBe(422);
    expect(here.sent()).toBe(1);
  });

  it('waits for the connection and goes on with it', async () => {
    let online = false;
    const here = world([answer(201)], () => online);
    const delivery = deliver(here);
    await new Promise((done) => setTimeout(done, 20));
    expect(here.sent()).toBe(0);
    expect(here.told).toEqual([{ stage: 'offline' }]);
    online = true;
    here.comeBack();
    expect((await delivery.done)?.status).toBe(201);
  });

  it('is cancelled while it waits', async () => {
    const here = world([]);
    const delivery = deliver(here);
    delivery.cancel();
    expect(await delivery.done).toBeNull();
    expect(here.sent()).toBe(1);
  });
});

it('waits no longer than a minute, unless asked to', () => {
  expect([1, 2, 3, 10].map((tries) => waitSeconds(tries))).toEqual([2, 4, 8, 60]);
  expect(waitSeconds(1, 90)).toBe(90);
});

it('tries again what may be tried again', () => {
  expect([0, 408, 429, 503].map(verdictOf)).toEqual(Array(4).fill('again'));
  expect([400, 413, 422, 500, 507].map(verdictOf)).toEqual(Array(5).fill('refused'));
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openInside } from '../support/inside.ts';
import { approve, type Staff, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Planted, plant } from '../support/plant.ts';
import { untilAtRest } from '../support/rest.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';
import { killAt, STEPPING, stepsOf, wasKilled } from '../support/steps.ts';
import { type Acknowledged, write } from '../support/writer.ts';

const ROUNDS = rounds({ quick: 1, ci: 5, long: 50 });
const REST_MS = 60_000;
const COME_BACK_MS = 50;

/** What somebody does, and the durable steps of it that the service is killed just before. */
const POINTS = [
  { act: send, step: 'sync original' },
  { act: send, step: 'rename original' },
  { act: send, step: 'commit Submission' },
  { act: send, step: 'rename master' },
  { act: send, step: 'commit Submission Fingerprint' },
  { act: send, step: 'rm original' },
  { act: send, step: 'answer POST submissions' },
  { act: send, step: 'commit OutboxMessage Moderator' },
  { act: publish, step: 'commit Submission LogEntry' },
  { act: publish, step: 'rename public 480.jpg' },
  { act: publish, step: 'commit Submission Tally' },
  { act: withdraw, step: 'commit Submission Likeness' },
  { act: withdraw, step: 'rm public folder' },
  { act: withdraw, step: 'rm master' },
];
const PUBLISHED = POINTS.filter(({ act }) => act === publish).length;

let smtp: SmtpServer;
let service: Service;
let staff: Staff;
let picture: Buffer;
let planted: Planted[];
const sent: Acknowledged[] = [];
const published: Planted[] = [];
const withdrawn: Planted[] = [];

beforeAll(async () => {
  smtp = await startSmtp();
  picture = await photo({ width: 400, height: 300 });
  service = await startService({
    ...STEPPING,
    SMTP_URL: smtp.url,
    MODERATORS: 'ada@example.org',
    DIGEST_MINUTES: '0',
    IMAGE_WORKERS: '1',
  });
  await service.stop();
  const inside = await openInside({ folder: service.folder });
  planted = await plant(inside, ROUNDS * PUBLISHED);
  await inside.close();
  await service.restart();
  staff = await signIn(service);
});
afterAll(async () => {
  await service?.dispose();
  await smtp.stop();
});

it('J5 a photo is synced, named and in its folder, then its row is, then the sender hears of it', async () => {
  const before = (await stepsOf(service)).length;
  await send();
  const steps = (await stepsOf(service)).slice(before);
  const order = ['sync original', 'rename original', 'sync folder', 'commit Submission', 'answer'];
  const places = order.map((step) => steps.findIndex((each) => each.startsWith(step)));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(steps.join()).not.toContain('without-sync');
});

it.each(POINTS)(
  'J2 G3 killed before $step: nothing is lost, doubled or left over',
  async ({ act, step }) => {
    for (let round = 0; round < ROUNDS; round++) {
      await untilAtRest(service);
      await killAt(service, step);
      const done = act();
      await vi.waitUntil(() => wasKilled(service), { timeout: REST_MS });
      await service.kill();
      await service.restart();
      await done;
    }
    const { rows } = await untilAtRest(service);
    const state = (id: string) => rows.find((row) => row.id === id)?.state;
    expect(rows).toHaveLength(planted.length + sent.length);
    for (const { id } of sent) expect(state(id)).toBe('waiting');
    for (const { id } of published) expect(state(id)).toBe('approved');
    for (const { id } of withdrawn) expect(state(id)).toBe('withdrawn');
  },
  60_000 + ROUNDS * 30_000,
);

it('J2 I5 after all of it every mail has been sent, those sent twice under the same Message-ID', async () => {
  const mails = async () => {
    const inside = await openInside({ folder: service.folder });
    const list = await inside.store.outbox.list(10_000);
    await inside.close();
    return list;
  };
  const states = async () => new Set((await mails()).map((mail) => mail.state));
  await expect.poll(states, { timeout: REST_MS }).toEqual(new Set(['sent']));
  const arrived = new Set(smtp.messages.map(({ messageId }) => messageId));
  const ids = (await mails()).map(({ id }) => `<${id}@127.0.0.1>`);
  expect([...arrived].sort()).toEqual(ids.sort());
  expect(arrived.size).toBeGreaterThanOrEqual(sent.length);
});

/** Sends one photo, again and again until there is an answer. */
async function send(): Promise<void> {
  const before = sent.length;
  await write(
    service,
    [picture],
    () => 0.9,
    () => sent.length > before,
    sent,
  );
}

async function publish(): Promise<void> {
  const one = planted[published.length] as Planted;
  const decided = () => approve(staff, one.id, 2);
  await untilAnswered(decided, [200, 409]);
  published.push(one);
}

async function withdraw(): Promise<void> {
  const one = published.pop() as Planted;
  await untilAnswered(() => withReceipt(service, one.receipt, 'DELETE'), [204]);
  withdrawn.push(one);
}

async function untilAnswered(ask: () => Promise<Response>, statuses: number[]): Promise<void> {
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer && statuses.includes(answer.status)) return;
    await sleep(COME_BACK_MS);
  }
}

import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKeys } from '../../src/keys.ts';
import { seal } from '../../src/sealing.ts';
import { onSqlite } from '../support/engines.ts';
import { openInside } from '../support/inside.ts';
import { sendPhoto } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
import { SECRET_KEY, type Service, startService } from '../support/service.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';

const ONE = { MODERATORS: 'ada@example.org' };
const MAIL_MS = 60_000;
/** Less than a mail server is waited for. */
const STOP_MS = 15_000;
const STAGES = ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'dot'] as const;
const KILLS = rounds({ quick: 1, ci: 2, long: 200 });
const ROWS = rounds({ quick: 50, ci: 500, long: 10_000 });

let smtp: SmtpServer;
let service: Service;

beforeEach(async () => {
  smtp = await startSmtp();
});
afterEach(async () => {
  await service?.dispose();
  await smtp.stop();
});

async function send(seed: number): Promise<void> {
  const response = await sendPhoto(service, await photo({ width: 400, height: 300, seed }));
  expect([201, 202]).toContain(response.status);
}

const mailIds = () => new Set(smtp.messages.map(({ messageId }) => messageId));

/** Whether somebody got as far as this stage. */
function reached(stage: string): boolean {
  if (stage === 'connect') return smtp.connections() > 0;
  if (stage === 'dot') return smtp.messages.length > 0;
  return smtp.transcript.some((line) => line.startsWith(`C: ${stage.toUpperCase()}`));
}

/** Where others serve as well, a mail is theirs when the lease of who was killed has run out. */
it.skipIf(!onSqlite)(
  'I5 killed at each stage of a mail: sent once, twice only between DATA and its answer, as the same',
  async () => {
    service = await startService({ ...ONE, SMTP_URL: smtp.url, DIGEST_MINUTES: '0' });
    const before = new Set<string>();
    for (const stage of STAGES) {
      for (let round = 0; round < KILLS; round++) {
        smtp.clear();
        smtp.setBehaviour({ hang: stage });
        await send(round);
        await expect.poll(() => reached(stage), { timeout: MAIL_MS }).toBe(true);
        await service.kill();
        smtp.setBehaviour({});
        await service.restart();
        const copies = stage === 'dot' ? 2 : 1;
        const fresh = () => smtp.messages.filter(({ messageId }) => !before.has(messageId));
        await expect.poll(() => fresh().length, { timeout: MAIL_MS }).toBe(copies);
        const ids = new Set(fresh().map(({ messageId }) => messageId));
        expect(ids.size, stage).toBe(1);
        for (const id of ids) before.add(id);
      }
    }
  },
  60_000 + KILLS * 120_000,
);

it('I1 I4 takes photos and stops in time while a mail server hangs, and mails after it', async () => {
  service = await startService({ ...ONE, SMTP_URL: smtp.url, DIGEST_MINUTES: '0' });
  for (const [seed, hang] of STAGES.entries()) {
    smtp.setBehaviour({ hang });
    await send(seed);
  }
  await expect.poll(() => smtp.connections(), { timeout: MAIL_MS }).toBeGreaterThan(0);
  const asked = Date.now();
  expect(await service.stop()).toBe(0);
  expect(Date.now() - asked).toBeLessThan(STOP_MS);

  smtp.setBehaviour({});
  await service.restart();
  // Those in the middle of being sent are due at once.
  await expect.poll(() => mailIds().size, { timeout: MAIL_MS }).toBeGreaterThanOrEqual(3);
}, 90_000);

it('I1 keeps mails without a mail server, shows them once, and sends them when there is one', async () => {
  service = await startService(ONE);
  await send(1);
  const shown = () => service.output().split('mail kept in the outbox').length - 1;
  await expect.poll(shown, { timeout: MAIL_MS }).toBe(1);
  expect(service.output()).toContain('1 photo is waiting');
  await service.stop();
  await service.restart();
  await service.stop();
  await service.restart({ SMTP_URL: smtp.url });
  const [mail, ...more] = await smtp.waitFor(1, MAIL_MS);
  expect(mail?.subject).toBe('1 photo is waiting');
  expect(more).toEqual([]);
  expect(shown()).toBe(1);
}, 60_000);

it(
  'I7 thousands of mails wait at a start, one of them unreadable: the others are sent, that one is given up',
  async () => {
    service = await startService({ ...ONE, SMTP_URL: smtp.url });
    await service.stop();
    const poison = await queue();
    await service.restart();
    await smtp.waitFor(ROWS, MAIL_MS + ROWS * 100);
    await expect.poll(() => stateOf(poison), { timeout: MAIL_MS }).toBe('given-up');
    await sleep(1_000);
    expect(smtp.messages.length).toBe(ROWS);
    expect(mailIds().size).toBe(ROWS);
  },
  180_000 + ROWS * 100,
);

/** Puts invitations into the outbox, and before them a message that cannot be read; returns its id. */
async function queue(): Promise<string> {
  const inside = await openInside({ folder: service.folder });
  const [ada] = await inside.store.moderators.list();
  const key = openKeys(SECRET_KEY).key('outbox');
  const now = Date.now();
  const rows = Array.from({ length: ROWS + 1 }, (_, at) => {
    const id = randomUUID();
    const text = Buffer.from(JSON.stringify({ kind: 'invitation', locale: 'en' }));
    const payload = new Uint8Array(at === 0 ? text : seal(key, id, text));
    const [createdAt, dueAt] = [new Date(now), new Date(now - (ROWS - at))];
    return { id, kind: 'invitation', moderatorId: ada?.id ?? null, payload, createdAt, dueAt };
  });
  await inside.database.write((tx) => tx.outboxMessage.createMany({ data: rows }));
  await inside.close();
  return rows[0]?.id ?? '';
}

async function stateOf(id: string): Promise<string | undefined> {
  const inside = await openInside({ folder: service.folder });
  const row = await inside.database.read.outboxMessage.findUnique({ where: { id } });
  await inside.close();
  return row?.state;
}

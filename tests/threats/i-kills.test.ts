import { afterEach, beforeEach, expect, it } from 'vitest';
import { sendPhoto } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';

const ONE = { MODERATORS: 'ada@example.org' };
const MAIL_MS = 15_000;
const STOP_MS = 5_000;
const STAGES = ['connect', 'ehlo', 'mail', 'rcpt', 'data', 'dot'] as const;

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

it('sends again after a kill between DATA and its answer, recognisably', async () => {
  smtp.setBehaviour({ hang: 'dot' });
  service = await startService({ ...ONE, SMTP_URL: smtp.url });
  await send(1);
  await smtp.waitFor(1, MAIL_MS);
  await service.kill();
  smtp.setBehaviour({});
  await service.restart();
  const [first, second, ...more] = await smtp.waitFor(2, MAIL_MS);
  expect(second?.messageId).toBe(first?.messageId);
  expect(more).toEqual([]);
});

it('takes photos and stops in time while a mail server hangs, and mails after it', async () => {
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

const mailIds = () => new Set(smtp.messages.map(({ messageId }) => messageId));

it('keeps mails without a mail server, shows them once, and sends them when there is one', async () => {
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

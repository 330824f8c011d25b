import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reopen, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';

const SUBMISSIONS = '/api/v1/moderation/submissions';
const MAIL_MS = 20_000;

let smtp: SmtpServer;
let service: Service;
let ada: Staff;

beforeAll(async () => {
  smtp = await startSmtp();
  service = await startService({ MODERATORS: 'ada@example.org', SMTP_URL: smtp.url });
  ada = await signIn(service, 'ada@example.org');
});
afterAll(async () => {
  await service?.dispose();
  await smtp?.stop();
});

interface Item {
  id: string;
  version: number;
  similar: string[];
  checks: { code: string; detail: string }[];
}

interface Received {
  id: string;
  receipt: string;
}

interface Sent extends Received {
  status: number;
  answer: object;
}

/** Sends a photo; `answer` is what the sender is told, but for what is each sender's own. */
async function send(picture: Buffer): Promise<Sent> {
  const response = await sendPhoto(service, picture);
  const { id, receipt, ...answer } = (await response.json()) as Received;
  return { status: response.status, id, receipt, answer };
}

async function queue(query = ''): Promise<Item[]> {
  const response = await ada.get(`${SUBMISSIONS}?limit=100${query}`);
  return ((await response.json()) as { items: Item[] }).items;
}

async function find(id: string, query = ''): Promise<Item | undefined> {
  return (await queue(query)).find((item) => item.id === id);
}

async function rejectAs(id: string, reason: string): Promise<void> {
  const version = (await find(id))?.version;
  const response = await ada.post(`${SUBMISSIONS}/${id}/rejection`, { version, reason });
  expect(response.status).toBe(200);
}

/** What trolls do to a picture so that it looks like another. */
async function disguises(picture: Buffer): Promise<Record<string, Buffer>> {
  const open = () => sharp(picture);
  return {
    'the same file': picture,
    recompressed: await open().jpeg({ quality: 55 }).toBuffer(),
    resized: await open().resize(900).jpeg().toBuffer(),
    'as another format': await open().webp().toBuffer(),
    mirrored: await open().flop().jpeg().toBuffer(),
    'upside down': await open().rotate(180).jpeg().toBuffer(),
    'turned to the left': await open().rotate(270).jpeg().toBuffer(),
    'turned and mirrored': await open().rotate(90).flop().jpeg().toBuffer(),
  };
}

it('A22 the same photo sent 50 times is one digest, marked and beside its look-alikes, and each sender has the same answer and a receipt of their own', async () => {
  const SENDERS = 50;
  const picture = await photo({ seed: 22, width: 1280, height: 960 });
  const { recompressed, resized, mirrored } = await disguises(picture);
  const sent: Sent[] = [];
  for (const each of [picture, recompressed, resized, mirrored, picture])
    sent.push(await send(each ?? picture));
  while (sent.length < SENDERS) {
    sent.push(...(await Promise.all(Array.from({ length: 5 }, () => send(picture)))));
  }

  expect(new Set(sent.map(({ receipt }) => receipt)).size).toBe(SENDERS);
  for (const { answer, status } of sent) {
    // Checks of sharpness and size may differ with the file; nothing tells that it was here before.
    expect(JSON.stringify(answer)).not.toContain('repeat');
    expect([201, 202]).toContain(status);
  }
  expect(sent[4]?.answer).toEqual(sent[0]?.answer);

  await expect.poll(async () => (await queue()).length).toBe(SENDERS);
  for (const { id } of sent.slice(1)) {
    const item = await find(id);
    expect(item?.checks).toContainEqual(
      expect.objectContaining({ code: 'repeat', outcome: 'warn' }),
    );
    expect(item?.similar.length).toBeGreaterThan(0);
  }
  const page = await (await ada.get('/moderation')).text();
  expect(page).toContain('49 look-alikes');
  const [digest, ...more] = await smtp.waitFor(1, MAIL_MS);
  expect(digest?.to).toEqual(['ada@example.org']);
  expect(more).toEqual([]);
});

it('A23 what was rejected as offensive is set aside when it comes again, changed, mirrored or turned, nobody is mailed, and undoing the rejection takes it off the list', async () => {
  // From here on each photo that is announced has a mail of its own.
  await service.stop();
  await service.restart({ DIGEST_MINUTES: '0' });
  ada = await signIn(service, 'ada@example.org');
  const picture = await photo({ seed: 23, width: 1280, height: 960 });
  const rejected = await send(picture);
  await smtp.waitFor(2, MAIL_MS);
  await rejectAs(rejected.id, 'offensive');

  const again = await disguises(picture);
  for (const [name, each] of Object.entries(again)) {
    const { id, receipt, answer } = await send(each);
    expect([name, await find(id)]).toEqual([name, undefined]);
    expect([name, (await find(id, '&aside=yes'))?.id]).toEqual([name, id]);
    expect(JSON.stringify(answer)).not.toMatch(/repeat|reject/);
    const told = (await (await withReceipt(service, receipt)).json()) as { state: string };
    expect(told.state).toBe('waiting');
  }
  const page = await (await ada.get('/moderation')).text();
  expect(page).toContain(`${Object.keys(again).length} photos were set aside`);
  const gallery = await (await fetch(`${service.url}/api/v1/gallery`)).json();
  expect(gallery).toMatchObject({ total: 0 });

  const honest = await send(await photo({ seed: 24, width: 1280, height: 960 }));
  expect(await find(honest.id)).toBeDefined();
  const mails = await smtp.waitFor(3, MAIL_MS);
  expect(mails).toHaveLength(3);

  const undone = await find(rejected.id, '&state=rejected');
  expect((await reopen(ada, rejected.id, undone?.version ?? 0)).status).toBe(200);
  const { id } = await send(again.mirrored ?? picture);
  expect((await find(id))?.similar).toContain(rejected.id);
});

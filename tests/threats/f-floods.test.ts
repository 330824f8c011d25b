import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, hasChromium, NARROW, openChromium } from '../support/chromium.ts';
import { readDisk } from '../support/disk.ts';
import { type Answer, ask, eventually, fieldParts, multipart } from '../support/http.ts';
import { FIELDS, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { fetchChallenge, readProof, solve, writeProof } from '../support/proofs.ts';
import { sendPage } from '../support/send-page.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

/** Photos from one address in an hour, in these tests. */
const FREE = 5;

let picture: Buffer;

beforeAll(async () => {
  picture = await photo({ width: 400, height: 300 });
});

interface Sender {
  /** Where the connection comes from. */
  from?: string;
  headers?: Record<string, string>;
}

/** Sends a photo as a program does. */
function upload({ url }: Service, { from = '127.0.0.1', headers = {} }: Sender): Promise<Answer> {
  const parts = [...fieldParts(FIELDS), { name: 'photo', value: picture, filename: 'photo.jpg' }];
  const { body, headers: own } = multipart(parts);
  const options = { method: 'POST', body, localAddress: from, headers: { ...own, ...headers } };
  return ask(`${url}/api/v1/submissions`, options);
}

const codeOf = ({ status, text }: Answer) => (status < 300 ? 'taken' : JSON.parse(text).code);

/** Sends until the photos that cost nothing are used up. */
async function useUp(service: Service, senderOf: (i: number) => Sender): Promise<void> {
  for (let i = 0; i < FREE; i += 1) {
    expect(codeOf(await upload(service, senderOf(i)))).toBe('taken');
  }
  expect(codeOf(await upload(service, senderOf(FREE)))).toBe('proof-needed');
}

describe('many photos from one address', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ CLIENT_UPLOADS: String(FREE), TRUST_PROXY: '127.0.0.1' });
  });
  afterAll(() => service?.dispose());

  it('F1 100 uploads from one address in an hour are limited with Retry-After, and others are not', async () => {
    const answers: Answer[] = [];
    for (let i = 0; i < 100; i += 1) answers.push(await upload(service, { from: '127.0.1.1' }));
    expect(answers.filter(({ status }) => status === 201 || status === 202)).toHaveLength(FREE);
    for (const { status, headers, text } of answers.slice(FREE)) {
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(JSON.parse(text)).toMatchObject({
        code: 'proof-needed',
        challenge: '/api/v1/challenge',
      });
    }
    expect(codeOf(await upload(service, { from: '127.0.1.2' }))).toBe('taken');
  });

  it('F2 all addresses of one IPv6 /64 are one sender, and the next /64 is another', async () => {
    const sender = (address: string): Sender => ({ headers: { 'x-forwarded-for': address } });
    await useUp(service, (i) => sender(`2001:db8:1:2:${i + 1}::${(i + 7).toString(16)}`));
    expect(codeOf(await upload(service, sender('2001:db8:1:2:ffff::1')))).toBe('proof-needed');
    expect(codeOf(await upload(service, sender('2001:db8:1:3::1')))).toBe('taken');
  });

  it('F3 rotating forwarded headers from a peer that is no proxy of ours change nothing', async () => {
    await useUp(service, (i) => ({
      from: '127.0.3.1',
      headers: {
        'x-forwarded-for': `203.0.113.${i}`,
        forwarded: `for=203.0.113.${i}`,
        'x-real-ip': `203.0.113.${i}`,
      },
    }));
  });

  it('F4 through the trusted proxy the last hop before it counts, whatever stands further left', async () => {
    const chain = (i: number, last: string): Sender => ({
      headers: { 'x-forwarded-for': `203.0.113.${i}, 192.0.2.${i}, ${last}` },
    });
    await useUp(service, (i) => chain(i, '198.51.100.7'));
    expect(codeOf(await upload(service, chain(9, '198.51.100.8')))).toBe('taken');
  });

  it('F5 F6 where everybody is 127.0.0.1, a puzzle opens the way each time; none, replayed, forged, too easy or another address’s do not', async () => {
    const sender = (proof: string): Sender => ({ headers: { altcha: proof } });
    await useUp(service, () => ({}));
    const proofs: string[] = [];
    for (let i = 0; i < 2; i += 1) {
      const proof = await solve(await fetchChallenge(service));
      expect(codeOf(await upload(service, sender(proof)))).toBe('taken');
      proofs.push(proof);
    }
    const fresh = readProof(await solve(await fetchChallenge(service)));
    const { challenge } = fresh;
    const changed = (parameters: object) =>
      writeProof({
        ...fresh,
        challenge: { ...challenge, parameters: { ...challenge.parameters, ...parameters } },
      });
    const bad = {
      none: '',
      'no proof at all': 'x'.repeat(5_000),
      replayed: proofs[0] ?? '',
      'replayed in other words': writeProof({ ...readProof(proofs[1] ?? ''), more: 1 }),
      'too easy': changed({ cost: 1, keyPrefix: '00' }),
      'with more time': changed({ expiresAt: Math.ceil(Date.now() / 1000) + 86_400 }),
      'for somebody else': changed({ data: { for: 'me' } }),
      unsigned: writeProof({ ...fresh, challenge: { parameters: challenge.parameters } }),
      'wrong answer': writeProof({
        ...fresh,
        solution: { counter: 1, derivedKey: '00'.repeat(32) },
      }),
      'another address’s': await solve(await fetchChallenge(service, '127.0.5.1')),
    };
    for (const [name, proof] of Object.entries(bad)) {
      expect([name, codeOf(await upload(service, sender(proof)))]).toEqual([name, 'proof-needed']);
    }
    expect(codeOf(await upload(service, sender(writeProof(fresh))))).toBe('taken');
  });

  it('F6 without scripts a slower path exists: photo and entries are kept, and go through when their turn has come', async () => {
    const post = (fields: Record<string, string>, file?: Buffer) => {
      const value = file ?? '';
      const parts = [
        ...fieldParts(fields),
        { name: 'photo', value, filename: file ? 'a.jpg' : '' },
      ];
      const { body, headers } = multipart(parts);
      const accept = { ...headers, accept: 'text/html' };
      return ask(`${service.url}/send`, { method: 'POST', body, headers: accept });
    };
    const hidden = ({ text }: Answer, name: string) =>
      text.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1] ?? '';
    const again = (answer: Answer) => ({
      ...FIELDS,
      city: 'Ayşəkənd',
      ...Object.fromEntries(
        ['draft', 'ticket', 'idempotencyKey'].map((name) => [name, hidden(answer, name)]),
      ),
    });

    const first = await post({ ...FIELDS, city: 'Ayşəkənd' }, picture);
    expect(first.status).toBe(429);
    expect(Number(first.headers['retry-after'])).toBeGreaterThan(0);
    expect(first.text).toContain('value="Ayşəkənd"');
    expect(hidden(first, 'draft')).not.toBe('');
    const early = await post(again(first));
    expect(early.status).toBe(429);
    expect(hidden(early, 'ticket')).toBe(hidden(first, 'ticket'));

    const sent = await eventually(async () => {
      const answer = await post(again(early));
      return answer.status < 300 && answer;
    }, 60_000);
    expect(sent.text).toMatch(/(?:[0-9A-Z]{4}-){6}[0-9A-Z]{2}/);
    const replayed = await post({ ...FIELDS, ticket: hidden(first, 'ticket') }, picture);
    expect(replayed.status).toBe(429);
    expect(hidden(replayed, 'ticket')).not.toBe(hidden(first, 'ticket'));
  });

  it('F8 what limits are counted by is in no file, and a restart forgets it', async () => {
    const sender = { from: '127.66.77.88' };
    await useUp(service, () => sender);
    await service.stop();
    for (const [name, bytes] of await readDisk(service.folder)) {
      expect(bytes.includes('127.66.77.88'), name).toBe(false);
    }
    await service.restart();
    expect(codeOf(await upload(service, sender))).toBe('taken');
  });
});

describe('many photos from everywhere', () => {
  const BUSY = 4;
  const QUEUE = 6;
  let service: Service;

  beforeAll(async () => {
    service = await startService({ BUSY_UPLOADS: String(BUSY), QUEUE_LENGTH: String(QUEUE) });
    for (let i = 0; i < BUSY; i += 1) {
      expect(codeOf(await upload(service, { from: `127.0.6.${i + 1}` }))).toBe('taken');
    }
  });
  afterAll(() => service?.dispose());

  it('F6 everybody solves a puzzle then, and the page does it by itself, under the policy of the page', async (context) => {
    expect(codeOf(await upload(service, { from: '127.0.6.99' }))).toBe('proof-needed');
    if (!hasChromium) return context.skip();
    let browser: Chromium | undefined;
    try {
      browser = await openChromium(NARROW);
      const send = sendPage(browser.page);
      await send.open(service.url);
      await send.fill();
      await send.choose(picture);
      expect(browser.requests.filter((url) => url.includes('proof'))).toEqual([]);
      await send.submit();
      expect(await send.receipt(90_000)).not.toBe('');
      expect(browser.requests.filter((url) => url.includes('proof-worker')).length).toBeGreaterThan(
        0,
      );
      expect(browser.errors.filter((error) => !error.includes('429'))).toEqual([]);
    } finally {
      await browser?.close();
    }
  });

  it('F7 the queue before the moderators is bounded: then 503 with Retry-After, nothing more on the disk, and the gallery answers', async () => {
    await service.stop();
    await service.restart({ BUSY_UPLOADS: '0' });
    const send = () => upload(service, {});
    const taken: Answer[] = [];
    let full: Answer | undefined;
    while (!full && taken.length <= QUEUE) {
      const answer = await send();
      if (answer.status < 300) taken.push(answer);
      else full = answer;
    }
    expect(full?.status).toBe(503);
    expect(full && codeOf(full)).toBe('queue-full');
    expect(Number(full?.headers['retry-after'])).toBeGreaterThan(0);
    const before = await storedFiles(service);
    expect((await send()).status).toBe(503);
    expect((await ask(`${service.url}/api/v1/gallery`)).status).toBe(200);
    expect(await storedFiles(service)).toEqual(before);

    const { receipt } = JSON.parse(taken[0]?.text ?? '{}');
    expect((await withReceipt(service, receipt, 'DELETE')).status).toBe(204);
    expect(codeOf(await send())).toBe('taken');
  });
});

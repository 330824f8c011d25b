import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RECEIPT_BYTES, receiptFromBytes } from '../../src/submission/receipt.ts';
import { readDisk } from '../support/disk.ts';
import { type Ask, ask } from '../support/http.ts';
import { sendPhoto, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let service: Service;
let receipt: string;

beforeAll(async () => {
  service = await startService({ TRUST_PROXY: '127.0.0.1' });
  receipt = (await (await sendPhoto(service, await photo())).json()).receipt;
});
afterAll(() => service?.dispose());

const bare = () => receipt.replaceAll('-', '');
const call = (path: string, options: Ask = {}) => ask(service.url + path, options);
const read = (typed: string, client = '198.51.100.1') =>
  call('/api/v1/receipt', {
    headers: { authorization: `Bearer ${typed}`, 'x-forwarded-for': client },
  });
const ask4 = (typed: string) =>
  call('/receipt', {
    method: 'POST',
    headers: { ...FORM, accept: 'text/html', 'x-forwarded-for': '198.51.100.2' },
    body: new URLSearchParams({ receipt: typed }).toString(),
  });

it('D1 ten thousand receipts differ, rise and fall, and use each letter alike', () => {
  const COUNT = 10_000;
  const made = Array.from({ length: COUNT }, () => receiptFromBytes(randomBytes(RECEIPT_BYTES)));
  expect(new Set(made.map((each) => each.slice(0, 13))).size).toBe(COUNT);
  const rises = made.filter((each, at) => at > 0 && each > (made[at - 1] ?? '')).length;
  expect(Math.abs(rises - COUNT / 2)).toBeLessThan(300);
  const counts = new Map<string, number>();
  for (const letter of made.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  expect(counts.size).toBe(32);
  const expected = (COUNT * 26) / 32;
  const squares = [...counts.values()].map((count) => (count - expected) ** 2 / expected);
  // 31 degrees of freedom: once in ten million.
  expect(squares.reduce((sum, each) => sum + each, 0)).toBeLessThan(92);
});

it('D3 the data folder holds none, nor a digest that could be made without the key', async () => {
  const forms = [receipt, bare(), bare().toLowerCase()];
  const digests = forms.flatMap((form) =>
    ['md5', 'sha1', 'sha256', 'sha512'].map((name) => createHash(name).update(form).digest()),
  );
  const traces = [...forms.map((form) => Buffer.from(form)), ...digests].flatMap((bytes) => [
    bytes,
    ...(['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(bytes.toString(form))),
  ]);
  const found: string[] = [];
  for (const [name, bytes] of await readDisk(service.folder)) {
    if (traces.some((trace) => bytes.includes(trace))) found.push(name);
  }
  expect(found).toEqual([]);
});

it('D4 D6 opens however it is typed, and a wrong one is never told from a malformed one', async () => {
  const typed = [receipt, bare(), bare().toLowerCase(), ` ${receipt} `];
  typed.push(bare().replace(/(.{5})/g, '$1 '), bare().replaceAll('0', 'O').replaceAll('1', 'l'));
  for (const each of typed) expect((await read(each)).status, each).toBe(200);

  const first = bare()[0] === 'Z' ? 'Y' : 'Z';
  const wrong = [first + bare().slice(1), bare().slice(1), `${bare()}0`, 'x', 'U'.repeat(26)];
  wrong.push('%00', '0'.repeat(5_000), "' OR 1=1", 'Wien', '\u00fc'.repeat(26));
  const answers = await Promise.all(wrong.map((each) => read(each)));
  answers.push(await call('/api/v1/receipt'));
  answers.push(await call('/api/v1/receipt', { headers: { authorization: bare() } }));
  answers.push(await call(`/api/v1/receipt?receipt=${bare()}&code=${bare()}`));
  const alike = (list: typeof answers) =>
    list.map(({ status, text, headers }) => ({ status, text, headers: { ...headers, date: '' } }));
  const told = alike(answers);
  expect(told[0]).toMatchObject({ status: 404, text: expect.stringContaining('receipt-unknown') });
  for (const each of told) expect(each).toEqual(told[0]);

  const pages = alike(await Promise.all([...wrong, '', '0'.repeat(60_000)].map(ask4)));
  expect(pages[0]?.status).toBe(404);
  for (const each of pages) expect(each).toEqual(pages[0]);
  expect((await ask4('0'.repeat(10 << 20))).status).toBe(413);
});

it('D2 is in no address and no title, and an address opens nothing', async () => {
  const { status, text, headers } = await ask4(receipt);
  expect(status).toBe(200);
  expect(headers.location).toBeUndefined();
  expect(headers['referrer-policy']).toBe('no-referrer');
  const attributes = text.match(/(?:href|action|src)="[^"]*"|<title>[^<]*/g)?.join() ?? '';
  expect(attributes).not.toContain(bare().slice(0, 8));
  expect(attributes).not.toContain(receipt.slice(0, 9));
  for (const name of ['receipt', 'code']) {
    const asked = await call(`/receipt?${name}=${receipt}`, { headers: { accept: 'text/html' } });
    expect(asked.text).not.toContain(receipt);
    expect(asked.text).toContain('name="receipt"');
  }
  expect(service.output()).not.toContain(receipt);
});

it('D7 guessing is slowed, from one address and from many, while honest people are served', async () => {
  const guess = (client: string) => read(receiptFromBytes(randomBytes(17)), client);
  const timed = async (answer: () => Promise<{ status: number }>) => {
    const begun = performance.now();
    return { status: (await answer()).status, ms: performance.now() - begun };
  };
  const guesser = '203.0.113.5';
  for (let time = 0; time < 30; time++) expect((await guess(guesser)).status).toBe(404);
  const flood = Promise.all(Array.from({ length: 40 }, () => timed(() => guess(guesser))));
  const others = Array.from({ length: 100 }, (_, at) => guess(`10.0.${at}.1`));
  // From the guesser's own address, as behind an onion service.
  expect(await timed(() => read(receipt, guesser))).toMatchObject({ status: 200 });
  const slowed = await flood;
  expect(slowed.map(({ status }) => status)).toEqual(Array(40).fill(404));
  for (const { ms } of slowed) expect(ms).toBeGreaterThan(990);
  for (const { status } of await Promise.all(others)) expect(status).toBe(404);
});

it('D8 opens anywhere and again, and a withdrawal can be repeated', async () => {
  for (const agent of ['one', 'other']) {
    const headers = { authorization: `Bearer ${receipt}`, 'user-agent': agent };
    expect((await call('/api/v1/receipt', { headers })).status).toBe(200);
  }
  for (const time of ['first', 'second']) {
    expect((await withReceipt(service, receipt, 'DELETE')).status, time).toBe(204);
    expect(JSON.parse((await read(receipt)).text).state).toBe('withdrawn');
  }
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask, eventually, fieldParts, multipart, type Part } from '../support/http.ts';
import { FIELDS, type Staff, sendPhoto, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { head, talk } from '../support/socket.ts';
import { countSubmissions } from '../support/uploads.ts';

const PATH = '/api/v1/submissions';

let service: Service;
let staff: Staff;
let picture: Part;

beforeAll(async () => {
  service = await startService();
  staff = await signIn(service);
  picture = { name: 'photo', value: await photo(), filename: 'photo.jpg' };
});
afterAll(() => service?.dispose());

describe('an idempotency key', () => {
  const key = { 'idempotency-key': 'a-key-of-the-tests-0001' };

  it('J3 makes repeated requests one submission with one receipt, also side by side', async () => {
    const before = await countSubmissions(staff);
    const parts = [...fieldParts(FIELDS), picture];
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(parts, key)));
    answers.push(await send([...parts].reverse(), key));
    const receipts = answers.map(({ text }) => JSON.parse(text).receipt as string);
    expect(answers.map(({ status }) => status).filter((status) => status > 202)).toEqual([]);
    expect(new Set(receipts).size).toBe(1);
    expect(receipts[0]).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{2}$/);
    expect(await countSubmissions(staff)).toBe(before + 1);
  });

  it('J3 gives the receipt whose answer was lost', async () => {
    const before = await countSubmissions(staff);
    const parts = [...fieldParts(FIELDS), picture];
    const lost = { 'idempotency-key': 'a-key-of-the-tests-0002' };
    const { body, headers } = multipart(parts);
    const start = head(`POST ${PATH}`, { ...headers, ...lost, 'content-length': body.length });
    await talk(service.url, [start, body], { giveUpMs: 60 });
    const { status, text } = await send(parts, lost);
    expect([201, 202]).toContain(status);
    expect(JSON.parse(text).receipt).toHaveLength(32);
    expect(await countSubmissions(staff)).toBe(before + 1);
  });

  it('is refused with other content, and when it is no key', async () => {
    const other = await send([...fieldParts({ ...FIELDS, city: 'Linz' }), picture], key);
    expect([other.status, JSON.parse(other.text).code]).toEqual([422, 'idempotency-key-reused']);
    for (const bad of ['short', 'x'.repeat(300), 'with a blank in it 123']) {
      const { status } = await send([...fieldParts(FIELDS), picture], { 'idempotency-key': bad });
      expect(status).toBe(400);
    }
  });
});

it('a full line asks to come back, and takes photos again when it is shorter', async () => {
  const small = await startService({ LINE_LENGTH: '1', IMAGE_WORKERS: '1' });
  try {
    const bytes = await photo({ width: 4000, height: 3000 });
    const all = await Promise.all(Array.from({ length: 6 }, () => sendPhoto(small, bytes)));
    const full = all.filter(({ status }) => status === 503);
    expect(all.filter(({ status }) => ![201, 202, 503].includes(status))).toEqual([]);
    expect(full.length).toBeGreaterThan(0);
    for (const response of full) {
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await response.json()).code).toBe('line-full');
    }
    await eventually(async () => [201, 202].includes((await sendPhoto(small, bytes)).status));
  } finally {
    await small.dispose();
  }
});

function send(parts: readonly Part[], more: Record<string, string> = {}): Promise<Answer> {
  const { body, headers } = multipart(parts);
  return ask(service.url + PATH, { method: 'POST', body, headers: { ...headers, ...more } });
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, ask, eventually, fieldParts, multipart, type Part } from '../support/http.ts';
import { FIELDS, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo, withSegment } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { chunked, head, talk } from '../support/socket.ts';
import { countSubmissions, storedFiles } from '../support/uploads.ts';

const LIMIT = 20 * 1024 * 1024;
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

describe('the size of a photo', () => {
  it('may be 20 MB to the byte, and not one more', async () => {
    const full = padded(await photo({ seed: 2 }), LIMIT);
    expect(full.length).toBe(LIMIT);
    const sent = await sendPhoto(service, full);
    expect([201, 202]).toContain(sent.status);
    const { receipt } = await sent.json();
    await eventually(async () => {
      return (await (await withReceipt(service, receipt)).json()).state === 'waiting';
    });
    const before = await storedFiles(service);
    for (const more of [1, 200_000, 10_000_000]) {
      const over = await sendPhoto(service, Buffer.concat([full, Buffer.alloc(more)]));
      expect([over.status, (await over.json()).code]).toEqual([413, 'photo-too-large']);
    }
    expect(await storedFiles(service)).toEqual(before);
  });

  it('is refused when it is declared too large, without reading it', async () => {
    const { body, headers } = multipart([...fieldParts(FIELDS), picture]);
    const start = head(`POST ${PATH}`, { ...headers, 'content-length': 10_000_000_000 });
    const { status, answer, ms } = await talk(service.url, [start, body]);
    expect(status).toBe(413);
    expect(answer).toContain('photo-too-large');
    expect(ms).toBeLessThan(5_000);
  });

  it('is refused when it is not declared, and the sender is told after the last byte', async () => {
    const { headers, body } = multipart([{ ...picture, value: Buffer.alloc(LIMIT + 10_000_000) }]);
    const start = head(`POST ${PATH}`, { ...headers, 'transfer-encoding': 'chunked' });
    const { status, answer } = await talk(service.url, [start, chunked(body), '0\r\n\r\n']);
    expect(status).toBe(413);
    expect(answer).toContain('photo-too-large');
  });

  it.each(['close', 'keep-alive'])(
    'is refused when it is not declared and goes on too long, and the sender is cut off (%s)',
    async (connection) => {
      const { headers, body } = multipart([{ ...picture, value: 'x' }]);
      const open = body.subarray(0, body.lastIndexOf('x\r\n') + 1);
      for (const start of [open, Buffer.from('a preamble that never ends')]) {
        const before = await storedFiles(service);
        const first = { ...headers, connection, 'transfer-encoding': 'chunked' };
        const chunks = endless([head(`POST ${PATH}`, first), chunked(start)]);
        const { status, sent } = await talk(service.url, chunks, { giveUpMs: 10_000 });
        // Who never stops to listen may be cut off before the answer has come through.
        expect([0, 413], start.toString().slice(0, 20)).toContain(status);
        expect(sent).toBeLessThan(10 * LIMIT);
        expect(await storedFiles(service)).toEqual(before);
      }
    },
  );
});

describe('an idempotency key', () => {
  const key = { 'idempotency-key': 'a-key-of-the-tests-0001' };

  it('makes repeated requests one submission with one receipt, also side by side', async () => {
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

  it('gives the receipt whose answer was lost', async () => {
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

/** The same JPEG with comments that make it `size` bytes. */
function padded(jpeg: Buffer, size: number): Buffer {
  let file = jpeg;
  for (let lack = size - file.length; lack > 0; lack = size - file.length) {
    // A comment takes 4 bytes by itself, so the last but one leaves room for one more.
    const next = lack <= 65_537 ? lack : Math.min(65_537, lack - 4);
    file = withSegment(file, 0xfe, Buffer.alloc(next - 4, 'x'));
  }
  return file;
}

function* endless(start: (string | Buffer)[]) {
  yield* start;
  const more = chunked(Buffer.alloc(64 * 1024, 'x'));
  for (;;) yield more;
}

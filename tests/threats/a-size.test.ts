import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, fieldParts, multipart, type Part } from '../support/http.ts';
import { FIELDS, sendPhoto, withReceipt } from '../support/people.ts';
import { photo, withSegment } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { chunked, head, talk } from '../support/socket.ts';
import { storedFiles } from '../support/uploads.ts';

const LIMIT = 20 * 1024 * 1024;
const PATH = '/api/v1/submissions';

let service: Service;
let picture: Part;

beforeAll(async () => {
  service = await startService();
  picture = { name: 'photo', value: await photo(), filename: 'photo.jpg' };
});
afterAll(() => service?.dispose());

describe('the size of a photo', () => {
  it('A19 may be 20 MB to the byte, and not one more', async () => {
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

  it('A19 B13 is refused when it is declared too large, without reading it', async () => {
    const { body, headers } = multipart([...fieldParts(FIELDS), picture]);
    const start = head(`POST ${PATH}`, { ...headers, 'content-length': 10_000_000_000 });
    const { status, answer, ms } = await talk(service.url, [start, body]);
    expect(status).toBe(413);
    expect(answer).toContain('photo-too-large');
    expect(ms).toBeLessThan(5_000);
  });

  it('A19 is refused when it is not declared, and the sender is told after the last byte', async () => {
    const { headers, body } = multipart([{ ...picture, value: Buffer.alloc(LIMIT + 10_000_000) }]);
    const start = head(`POST ${PATH}`, { ...headers, 'transfer-encoding': 'chunked' });
    const { status, answer } = await talk(service.url, [start, chunked(body), '0\r\n\r\n']);
    expect(status).toBe(413);
    expect(answer).toContain('photo-too-large');
  });

  it.each(['close', 'keep-alive'])(
    'A19 is refused when it is not declared and goes on too long, and the sender is cut off (%s)',
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

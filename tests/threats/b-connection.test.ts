import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchAlive } from '../support/alive.ts';
import { ask, eventually, fieldParts, multipart } from '../support/http.ts';
import { FIELDS, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { head, talk } from '../support/socket.ts';
import { countSubmissions, storedFiles } from '../support/uploads.ts';

const TYPE = 'multipart/form-data; boundary=';
const B = 'a-boundary-of-the-tests';
/** Of a stored file: nothing a sender has said. */
const NAME = /(^|\/)[0-9a-f-]{36}\.(master|480|960|1920|original)$/;

let service: Service;
let alive: () => Promise<void>;
let staff: Staff;
let good: Buffer;
let submissions: number;
let files: string[];

beforeAll(async () => {
  service = await startService();
  alive = watchAlive(service);
  staff = await signIn(service);
  const picture = { name: 'photo', value: await photo(), filename: 'photo.jpg' };
  good = multipart([...fieldParts(FIELDS), picture]).body;
  submissions = await countSubmissions(staff);
  files = await storedFiles(service);
});
afterAll(() => service?.dispose());

/** The good body with a piece replaced. */
function altered(from: string, to: string): Buffer {
  const at = good.indexOf(from);
  expect(at).toBeGreaterThanOrEqual(0);
  return Buffer.concat([good.subarray(0, at), Buffer.from(to), good.subarray(at + from.length)]);
}

function withField(name: string): Buffer {
  const { body } = multipart([{ name, value: 'x' }]);
  return Buffer.concat([body.subarray(0, body.lastIndexOf(`--${B}--`)), good]);
}

const cases: Record<string, () => { type: string | undefined; body: Buffer | string }> = {
  'no content type': () => ({ type: undefined, body: good }),
  'no boundary': () => ({ type: 'multipart/form-data', body: good }),
  'an empty boundary': () => ({ type: TYPE, body: good }),
  'a wrong boundary': () => ({ type: `${TYPE}another`, body: good }),
  'another boundary at the end': () => ({ type: TYPE + B, body: altered(`--${B}--`, '--b--') }),
  'no end': () => ({ type: TYPE + B, body: good.subarray(0, -B.length - 6) }),
  'an end in the middle of the photo': () => ({ type: TYPE + B, body: good.subarray(0, 40_000) }),
  'an end in the middle of a head': () => ({ type: TYPE + B, body: good.subarray(0, 60) }),
  nothing: () => ({ type: TYPE + B, body: '' }),
  'a preamble only': () => ({ type: TYPE + B, body: 'a preamble' }),
  'an epilogue only': () => ({ type: TYPE + B, body: `--${B}--\r\nrest` }),
  'a part without a head': () => ({ type: TYPE + B, body: `--${B}\r\n\r\nx\r\n--${B}--\r\n` }),
  'a field called __proto__': () => ({ type: TYPE + B, body: withField('__proto__') }),
  'a field called constructor': () => ({ type: TYPE + B, body: withField('constructor') }),
  'a field called toString': () => ({ type: TYPE + B, body: withField('toString') }),
  'a photo called __proto__': () => ({
    type: TYPE + B,
    body: altered('name="photo"', 'name="__proto__"'),
  }),
  'a bare CR in a name': () => ({ type: TYPE + B, body: altered('name="city"', 'name="ci\rty"') }),
  'CRLF in a name': () => ({ type: TYPE + B, body: altered('name="city"', 'name="ci\r\nty"') }),
  'the photo as a text field': () => ({
    type: TYPE + B,
    body: altered('; filename="photo.jpg"', ''),
  }),
  'a form of another kind': () => ({
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(FIELDS).toString(),
  }),
  JSON: () => ({ type: 'application/json', body: JSON.stringify(FIELDS) }),
};

it.each(Object.keys(cases))('B2 B3 B4 B5 a body with %s is refused at once', async (name) => {
  const { status, ms } = await post('/api/v1/submissions', cases[name]?.());
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(ms).toBeLessThan(2_000);
});

it('B1 a boundary of 252 bytes in fragments hangs nothing', async () => {
  const boundary = 'b'.repeat(252);
  const start = Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n`);
  const body = Buffer.concat([start, Buffer.from(`\r\n--${boundary}`), Buffer.alloc(4, 'b')]);
  const first = head('POST /api/v1/submissions', {
    'content-type': TYPE + boundary,
    'content-length': body.length,
  });
  for (const cut of [1, 2, 5, 100, 252, 253, 254, 255, 256]) {
    const pieces = [first, body.subarray(0, -cut), body.subarray(-cut)];
    const talking = talk(service.url, pieces, { pauseMs: 30, giveUpMs: 10_000 });
    expect((await ask(`${service.url}/health/live`)).status).toBe(200);
    const { status, ms } = await talking;
    expect(status, `cut ${cut}`).toBeGreaterThanOrEqual(400);
    expect(status, `cut ${cut}`).toBeLessThan(500);
    expect(ms).toBeLessThan(5_000);
  }
});

it('B2 a client that goes away in the middle leaves nothing, at 20 offsets', async () => {
  const headers = { 'content-type': TYPE + B, 'content-length': good.length };
  for (const path of ['/api/v1/submissions', '/send']) {
    const start = head(`POST ${path}`, headers);
    const early = [0, 1, 10, 60, 100, 200, 300, 400, 500, 600, 700, 1_000, 2_000, 5_000, 10_000];
    for (const offset of [...early, 20_000, 50_000, 100_000, good.length - 60, good.length - 1]) {
      await talk(service.url, [start, good.subarray(0, offset)], { pauseMs: 40, reset: true });
    }
  }
  await eventually(async () => (await storedFiles(service)).join() === files.join());
});

it('B1 B2 B3 B4 B5 all of that has left nothing, and the service takes the next photo', async () => {
  await eventually(async () => (await storedFiles(service)).join() === files.join());
  expect(await countSubmissions(staff)).toBe(submissions);
  expect(service.output()).not.toContain('request failed');
  expect((await post('/api/v1/submissions', { type: TYPE + B, body: good })).status).toBe(201);
});

it.each(Object.keys(cases))('B2 B3 B4 B5 the page refuses a body with %s too', async (name) => {
  const { status, ms } = await post('/send', cases[name]?.());
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(ms).toBeLessThan(2_000);
});

it('B7 strange heads of a part do no harm: nothing of them is used', async () => {
  const strange = [
    altered('filename="photo.jpg"', 'filename="a\r\nContent-Type: b"'),
    altered('filename="photo.jpg"', `filename="${'x'.repeat(100_000)}"`),
    altered('Content-Type: image/jpeg', 'X-A: b\r\n'.repeat(2_000).trim()),
    altered('Content-Type: image/jpeg', 'Content-Type: text/html'),
    altered('Content-Type: image/jpeg', `Content-Type: ${'x'.repeat(10_000)}`),
  ];
  for (const body of strange) {
    const { status, ms } = await post('/api/v1/submissions', { type: TYPE + B, body });
    expect([201, 400, 413, 422]).toContain(status);
    expect(ms).toBeLessThan(5_000);
  }
  for (const file of await storedFiles(service)) expect(file).toMatch(NAME);
});

it('B5 a name with a line break in disguise stops at most its own sender', async () => {
  const body = altered('filename="photo.jpg"', "filename*=UTF-8''%2e%2e%2f%00%0d%0ax.php");
  const first = head('POST /api/v1/submissions', {
    'content-type': TYPE + B,
    'content-length': body.length,
  });
  // The multipart reader skips such a part, and stands still over some of them.
  const answers = Array.from({ length: 20 }, (_, round) => {
    const cut = Math.floor((body.length * (round + 1)) / 21);
    const pieces = [first, body.subarray(0, cut), body.subarray(cut)];
    return talk(service.url, pieces, { pauseMs: round % 2 ? 5 : 0, giveUpMs: 60_000 });
  });
  for (const { status, ms } of await Promise.all(answers)) {
    expect([400, 422]).toContain(status);
    expect(ms).toBeLessThan(30_000);
  }
  await eventually(async () => (await storedFiles(service)).every((file) => NAME.test(file)));
});

it('B4 names out of the prototype in a head of a part are no names', async () => {
  for (const name of ['__proto__', 'constructor', 'toString']) {
    const body = altered('Content-Type: image/jpeg', `${name}: image/jpeg`);
    const { status } = await post('/api/v1/submissions', { type: TYPE + B, body });
    expect([201, 400, 422], name).toContain(status);
  }
});

it('B9 what is packed once more is taken as it is', async () => {
  const picture = good.subarray(
    good.indexOf('\xff\xd8', 0, 'latin1'),
    good.lastIndexOf(`\r\n--${B}--`),
  );
  const inner = multipart([{ name: 'photo', value: picture, filename: 'a.jpg' }], 'inner').body;
  const parts = fieldParts(FIELDS);
  const packed = {
    nested: { value: inner, type: 'multipart/mixed; boundary=inner' },
    base64: {
      value: picture.toString('base64'),
      type: 'image/jpeg\r\nContent-Transfer-Encoding: base64',
    },
  };
  for (const [name, file] of Object.entries(packed)) {
    const { body } = multipart([...parts, { name: 'photo', filename: 'a.jpg', ...file }]);
    const { status } = await post('/api/v1/submissions', { type: TYPE + B, body });
    expect([400, 415], name).toContain(status);
  }
  for (const charset of ['utf-7', 'utf-16le', 'x-unknown']) {
    const body = altered(
      'name="city"',
      `name="city"\r\nContent-Type: text/plain; charset=${charset}`,
    );
    const { status } = await post('/api/v1/submissions', { type: TYPE + B, body });
    expect([201, 400, 422], charset).toContain(status);
  }
});

describe('a call with JSON', () => {
  it('B10 is checked however its kind is written', async () => {
    const sent = await sendPhoto(service, await photo({ seed: 77 }));
    const { receipt } = (await sent.json()) as { receipt: string };
    const kinds = ['application/json\t; charset=utf-8', 'APPLICATION/JSON', 'application/json; x'];
    for (const type of [...kinds, 'application/json/x', 'text/json', 'application/jsonx']) {
      const headers = { 'content-type': type, authorization: `Bearer ${receipt}` };
      const url = `${service.url}/api/v1/receipt`;
      const { status } = await ask(url, { method: 'PATCH', headers, body: '{"exposure":"loud"}' });
      expect([400, 415], type).toContain(status);
    }
    expect((await (await withReceipt(service, receipt)).json()).exposure).toBe('shown');
  });

  it('B11 or a form that is compressed is refused, not unpacked', async () => {
    const bomb = Buffer.alloc(50_000_000, ' ');
    const packed = {
      gzip: gzipSync(bomb, { level: 1 }),
      br: brotliCompressSync(Buffer.alloc(1e6)),
    };
    for (const [encoding, body] of Object.entries(packed)) {
      for (const [path, type] of [
        ['/api/v1/session/link', 'application/json'],
        ['/receipt', 'application/x-www-form-urlencoded'],
        ['/api/v1/submissions', TYPE + B],
      ] as const) {
        const headers = { 'content-type': type, 'content-encoding': encoding };
        const { status } = await ask(service.url + path, { method: 'POST', headers, body });
        expect(status, `${path} ${encoding}`).toBe(415);
      }
    }
    await alive();
  });
});

describe('a request', () => {
  it('B12 whose end is not certain is refused, and its connection closed', async () => {
    const start = 'POST /receipt HTTP/1.1\r\nhost: localhost\r\n';
    const unclear = {
      'two ways to count': 'content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      'two lengths': 'content-length: 5\r\ncontent-length: 6\r\n\r\nhello!',
      'a length of letters': 'content-length: five\r\n\r\nhello',
      'a negative length': 'content-length: -5\r\n\r\nhello',
      'a folded line': 'x-a: b\r\n c\r\ncontent-length: 0\r\n\r\n',
      'a NUL': 'x-a: b\0c\r\ncontent-length: 0\r\n\r\n',
      'a blank before the colon': 'x-a : b\r\ncontent-length: 0\r\n\r\n',
      'chunks that lie': 'transfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n',
    };
    for (const [name, rest] of Object.entries(unclear)) {
      const { status, ms } = await talk(service.url, [start + rest], { giveUpMs: 20_000 });
      expect([400, 501], name).toContain(status);
      expect(ms, name).toBeLessThan(15_000);
    }
  });

  it('B13 that asks whether to send far too much is refused without reading it', async () => {
    const first = head('POST /api/v1/submissions', {
      'content-type': TYPE + B,
      'content-length': 10_000_000_000,
      expect: '100-continue',
    });
    const { answer, ms } = await talk(service.url, [first], { giveUpMs: 20_000 });
    expect(answer).toMatch(/HTTP\/1\.1 413 /);
    expect(ms).toBeLessThan(10_000);
    await alive();
  });
});

async function post(
  path: string,
  what: { type: string | undefined; body: Buffer | string } | undefined,
) {
  const { type, body = '' } = what ?? {};
  const headers = type === undefined ? {} : { 'content-type': type };
  const started = Date.now();
  const { status } = await ask(service.url + path, { method: 'POST', headers, body });
  return { status, ms: Date.now() - started };
}

import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask, eventually, fieldParts, multipart } from '../support/http.ts';
import { FIELDS, type Staff, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { head, talk } from '../support/socket.ts';
import { countSubmissions, storedFiles } from '../support/uploads.ts';

const TYPE = 'multipart/form-data; boundary=';
const B = 'a-boundary-of-the-tests';
/** Of a stored file: nothing a sender has said. */
const NAME = /(^|\/)[0-9a-f-]{36}\.(master|480|960|1920|original)$/;

let service: Service;
let staff: Staff;
let good: Buffer;
let submissions: number;
let files: string[];

beforeAll(async () => {
  service = await startService();
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

it.each(Object.keys(cases))('a body with %s is refused at once', async (name) => {
  const { status, ms } = await post('/api/v1/submissions', cases[name]?.());
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(ms).toBeLessThan(2_000);
});

it('a boundary of 252 bytes in fragments hangs nothing', async () => {
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

it('a client that goes away in the middle leaves nothing', async () => {
  const headers = { 'content-type': TYPE + B, 'content-length': good.length };
  for (const path of ['/api/v1/submissions', '/send']) {
    const start = head(`POST ${path}`, headers);
    for (const offset of [0, 10, 100, 400, 600, 700, 5_000, 20_000, 100_000, good.length - 1]) {
      await talk(service.url, [start, good.subarray(0, offset)], { pauseMs: 40, reset: true });
    }
  }
  await eventually(async () => (await storedFiles(service)).join() === files.join());
});

it('all of that has left nothing, and the service takes the next photo', async () => {
  await eventually(async () => (await storedFiles(service)).join() === files.join());
  expect(await countSubmissions(staff)).toBe(submissions);
  expect(service.output()).not.toContain('request failed');
  expect((await post('/api/v1/submissions', { type: TYPE + B, body: good })).status).toBe(201);
});

it.each(Object.keys(cases))('the page refuses a body with %s too', async (name) => {
  const { status, ms } = await post('/send', cases[name]?.());
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(ms).toBeLessThan(2_000);
});

it('strange heads of a part do no harm: nothing of them is used', async () => {
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

it('a name with a line break in disguise stops at most its own sender', async () => {
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

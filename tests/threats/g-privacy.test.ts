import { createHash, createHmac } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openKeys, PURPOSES } from '../../src/keys.ts';
import { readDisk } from '../support/disk.ts';
import { inFolders } from '../support/engines.ts';
import { type Answer, type Ask, ask, eventually, fieldParts, multipart } from '../support/http.ts';
import { approve, FIELDS, type Staff, signIn } from '../support/people.ts';
import { photo, withTraces } from '../support/pictures.ts';
import { SECRET_KEY, type Service, startService } from '../support/service.ts';

const ADDRESS = '127.66.77.88';
const EMAIL = 'canary-7d41@supporters.example';
const SECRETS = {
  agent: 'CanaryBrowser-7d41/1.0',
  referer: 'canary-referer-7d41.example',
  forwarded: '203.0.113.77',
  file: 'canary-file-7d41',
  metadata: 'CANARY-3f9a',
  query: 'canary-query-7d41',
};
const HEADERS = {
  'user-agent': SECRETS.agent,
  referer: `https://${SECRETS.referer}/path`,
  'x-forwarded-for': SECRETS.forwarded,
  'x-real-ip': SECRETS.forwarded,
  forwarded: `for=${SECRETS.forwarded}`,
};

let service: Service;
let staff: Staff;
let sent: { id: string; receipt: string };
let second: { id: string; receipt: string };

beforeAll(async () => {
  service = await startService({ LOG_LEVEL: 'debug', DIGEST_MINUTES: '0' });
  staff = await signIn(service);
  sent = JSON.parse((await upload(1)).text);
  second = JSON.parse((await upload(2)).text);
  await walkAround();
});
afterAll(() => service?.dispose());

describe('after a visit', () => {
  it('D2 G2 G5 G7 G8 G9 G11 nothing on the disk or in the log tells who was here', async () => {
    expect(await findTraces(tracesOf(sent.receipt, second.receipt))).toEqual([]);
    expect(await findTraces(digestsOfAddress())).toEqual([]);
  });

  it('D2 G2 G8 nor after approval and withdrawal, at rest', async () => {
    for (const { id } of [sent, second]) expect((await approve(staff, id, 2)).status).toBe(200);
    await eventually(async () => {
      const { text } = await call(`/api/v1/gallery/${sent.id}`);
      return text.includes('avif');
    });
    const headers = { authorization: `Bearer ${second.receipt}` };
    expect((await call('/api/v1/receipt', { method: 'DELETE', headers })).status).toBe(204);
    await service.stop();
    expect(await findTraces(tracesOf(sent.receipt, second.receipt))).toEqual([]);
    expect(await findTraces(digestsOfAddress())).toEqual([]);
    await service.restart();
    staff = await signIn(service);
  }, 60_000);

  it('D2 G5 G11 nor in anything that is served', async () => {
    const paths = ['/', '/gallery', `/gallery/${sent.id}`, '/api/v1/gallery', '/openapi.json'];
    paths.push(`/api/v1/gallery/${sent.id}`, '/api/v1/coverage', '/api/v1/embassies');
    const desk = ['/moderation?state=approved', `/moderation/submissions/${sent.id}`];
    desk.push('/api/v1/moderation/submissions?state=approved', '/moderation/outbox');
    const answers = await Promise.all([
      ...paths.map((path) => ask(service.url + path)),
      ...desk.map((path) => ask(service.url + path, { headers: { cookie: staff.cookie } })),
    ]);
    for (const { status, body, headers } of answers) {
      expect(status).toBe(200);
      const all = Buffer.concat([body, Buffer.from(JSON.stringify(headers))]);
      for (const [name, trace] of tracesOf(sent.receipt, second.receipt)) {
        expect(all.includes(trace), name).toBe(false);
      }
    }
  });
});

it('G14 public answers know no time finer than the month', async () => {
  const month = new Date().toISOString().slice(0, 7);
  for (const path of ['/api/v1/gallery', `/api/v1/gallery/${sent.id}`, '/api/v1/coverage']) {
    const { text } = await call(path);
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}|\d{2}:\d{2}|\b1[6-9]\d{8}\b|\b1[6-9]\d{11}\b/);
  }
  expect(JSON.parse((await call(`/api/v1/gallery/${sent.id}`)).text).month).toBe(month);
  for (const path of ['/', '/gallery', `/gallery/${sent.id}`]) {
    expect((await call(path)).text).not.toMatch(/\d{4}-\d{2}-\d{2}|\d{2}:\d{2}/);
  }
});

function upload(seed: number): Promise<Answer> {
  return photo({ seed }).then((bytes) => {
    const value = withTraces(bytes);
    const picture = { name: 'photo', value, filename: `${SECRETS.file}.jpg` };
    const fields = { ...FIELDS, name: 'Aygün', email: EMAIL };
    return send([...fieldParts(fields), picture]);
  });
}

function send(parts: Parameters<typeof multipart>[0]): Promise<Answer> {
  const { body, headers } = multipart(parts);
  return call('/api/v1/submissions', { method: 'POST', body, headers });
}

/** Pages, mistakes and dead ends, all from the address that must not be remembered. */
async function walkAround(): Promise<void> {
  const query = `?${SECRETS.query}=${SECRETS.query}`;
  const bearer = { authorization: `Bearer ${sent.receipt}` };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const json = { 'content-type': 'application/json' };
  for (const path of [
    '/',
    '/send',
    '/gallery',
    '/receipt',
    '/nowhere',
    '/moderation',
    '/%',
    '/docs',
  ]) {
    await call(path + query);
  }
  for (const path of ['/api/v1/gallery', '/api/v1/embassies', '/api/v1/coverage', '/metrics']) {
    await call(path + query);
  }
  expect((await call('/api/v1/receipt', { headers: bearer })).status).toBe(200);
  const body = `receipt=${sent.receipt}`;
  expect((await call('/receipt', { method: 'POST', headers: form, body })).status).toBe(200);
  await call('/receipt/exposure', { method: 'POST', headers: form, body: `${body}&exposure=x` });
  await call('/receipt/withdrawal', { method: 'POST', headers: form, body });
  await call('/api/v1/receipt', { headers: { authorization: `Bearer ${SECRETS.query}` } });
  await call('/api/v1/session/link', {
    method: 'POST',
    headers: json,
    body: `{"email":"${EMAIL}"}`,
  });
  await call('/api/v1/session', {
    method: 'POST',
    headers: json,
    body: `{"token":"${SECRETS.query}"}`,
  });
  await call('/moderation/sign-in', { method: 'POST', headers: form, body: `email=${EMAIL}` });
  await call('/api/v1/receipt', { method: 'PATCH', headers: { ...json, ...bearer }, body: '{' });
  await send(fieldParts({ ...FIELDS, email: `${EMAIL} ${SECRETS.query}` }));
  const broken = Buffer.from(`${SECRETS.metadata} is no picture`);
  await send([
    ...fieldParts({ ...FIELDS, email: EMAIL }),
    { name: 'photo', value: broken, filename: SECRETS.file },
  ]);
  await call('/api/v1/submissions', {
    method: 'POST',
    headers: json,
    body: `{"x":"${SECRETS.query}"}`,
  });
}

function call(path: string, options: Ask = {}): Promise<Answer> {
  const headers = { ...HEADERS, ...options.headers };
  return ask(service.url + path, { ...options, headers, localAddress: ADDRESS });
}

/** The address through every digest it could have gone through, with any secret the service has. */
function digestsOfAddress(): [string, Buffer][] {
  const inputs = [Buffer.from(ADDRESS), Buffer.from(ADDRESS.split('.').map(Number))];
  const keys = openKeys(SECRET_KEY);
  const secrets = [SECRET_KEY, ...PURPOSES.map((purpose) => keys.key(purpose))];
  const digests = inputs.flatMap((input) => [
    ...['md5', 'sha1', 'sha256', 'sha512'].map((name) => createHash(name).update(input).digest()),
    ...secrets.map((secret) => createHmac('sha256', secret).update(input).digest()),
  ]);
  // Eight bytes are enough to look it up; who cuts a digest cuts it behind.
  const starts = digests.map((digest) => digest.subarray(0, 9));
  return starts.flatMap((start, i): [string, Buffer][] => [
    [`digest ${i}`, start],
    ...(['hex', 'base64', 'base64url'] as const).map((form): [string, Buffer] => [
      `digest ${i}, ${form}`,
      Buffer.from(start.toString(form)),
    ]),
  ]);
}

/** Everything the visitor could be known by, in the forms it could be written down in. */
function tracesOf(...receipts: string[]): [string, Buffer][] {
  const parts = ADDRESS.split('.').map(Number);
  const traces: [string, Buffer][] = [
    ['address', Buffer.from(ADDRESS)],
    ['address, four bytes', Buffer.from(parts)],
    ['address, turned round', Buffer.from([...parts].reverse())],
    ['address, hexadecimal', Buffer.from(Buffer.from(parts).toString('hex'))],
    ['address, as a number', Buffer.from(String(Buffer.from(parts).readUInt32BE()))],
  ];
  const plain = { ...SECRETS, EMAIL, local: EMAIL.split('@')[0] ?? '' };
  for (const receipt of receipts) {
    Object.assign(plain, { [receipt]: receipt, [`${receipt} bare`]: receipt.replaceAll('-', '') });
  }
  for (const [name, text] of Object.entries(plain)) {
    const bytes = Buffer.from(text);
    traces.push([name, bytes], [`${name}, hexadecimal`, Buffer.from(bytes.toString('hex'))]);
    // Base64 of a text inside another depends on where it begins; the ends do, too.
    for (const shift of [0, 1, 2]) {
      const inside = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
      const sure = inside.slice(shift === 0 ? 0 : 4, -4);
      traces.push([`${name}, base64 ${shift}`, Buffer.from(sure)]);
    }
  }
  return traces;
}

async function findTraces(traces: [string, Buffer][]): Promise<string[]> {
  const found: string[] = [];
  const files = await readDisk(service.folder);
  expect(files.map(([path]) => path)).toContain('data.db');
  const all: [string, Buffer][] = [['the log', Buffer.from(service.output())]];
  for (const [path, bytes] of files) all.push([path, Buffer.concat([Buffer.from(path), bytes])]);
  for (const [where, bytes] of all) {
    for (const [what, trace] of traces) {
      // Four bytes stand in sealed files by chance.
      if (trace.length <= 4 && where !== 'the log' && !where.startsWith('data.db')) continue;
      if (bytes.includes(trace)) found.push(`${what} in ${where}`);
    }
  }
  return found;
}

it('G9 no page for supporters sets a cookie, and no answer tells when a file was made', async () => {
  const { images } = JSON.parse((await call(`/api/v1/gallery/${sent.id}`)).text);
  const [picture] = images.map(({ url }: { url: string }) => new URL(url).pathname);
  for (const path of ['/', '/send', '/receipt', '/gallery', '/map', '/embed', picture]) {
    const { status, headers } = await call(path);
    expect([path, status]).toEqual([path, 200]);
    expect(headers['set-cookie'], path).toBeUndefined();
    expect(headers['last-modified'], path).toBeUndefined();
  }
});

it('G4 pictures of all supporters have the same structure, which is ours', async () => {
  const [one, two] = [await photo({ seed: 5 }), await photo({ width: 900, height: 1300, seed: 6 })];
  const structures = await Promise.all(
    [one, two].map(async (bytes, i) => {
      const parts = [...fieldParts(FIELDS), { name: 'photo', value: bytes, filename: `${i}.jpg` }];
      const { id } = JSON.parse((await send(parts)).text);
      const path = `/api/v1/moderation/submissions/${id}/photo/480`;
      const { body } = await ask(service.url + path, { headers: { cookie: staff.cookie } });
      return structureOf(body);
    }),
  );
  expect(structures[0]).toEqual(structures[1]);
  expect(structures[0]?.length).toBeGreaterThan(3);
});

it.skipIf(!inFolders)('G15 no file of the photo store has a time of its own', async () => {
  const entries = await readdir(join(service.folder, 'uploads'), {
    recursive: true,
    withFileTypes: true,
  });
  const photos = entries.filter((entry) => entry.isFile() && entry.name !== 'taken-back');
  expect(photos.length).toBeGreaterThan(10);
  for (const { parentPath, name } of photos) {
    const path = join(parentPath, name);
    const { mtimeMs } = await stat(path);
    // Of what is sealed it is always the same; of what is public it is made of the bytes.
    const bytes = await readFile(path);
    const stamp = createHash('sha256').update(bytes).digest().readUInt32BE() >>> 1;
    expect(path.includes('/public/') ? [0, stamp * 1000] : [0], name).toContain(mtimeMs);
  }
});

/** The tables and frame of a JPEG, without sizes and pixels. */
function structureOf(jpeg: Buffer): string[] {
  const parts: string[] = [];
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== 0xda; ) {
    const marker = jpeg[at + 1] ?? 0;
    const length = jpeg.readUInt16BE(at + 2);
    const isTable = marker === 0xdb;
    parts.push(
      marker.toString(16) + (isTable ? jpeg.toString('hex', at + 4, at + 2 + length) : ''),
    );
    at += 2 + length;
  }
  return parts;
}

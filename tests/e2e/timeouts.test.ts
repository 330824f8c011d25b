import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { openResources } from '../../src/resources.ts';
import { fieldParts, multipart } from '../support/http.ts';
import { FIELDS } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { SECRET_KEY, type Service, startService } from '../support/service.ts';
import { head, talk } from '../support/socket.ts';
import { storedFiles } from '../support/uploads.ts';

const SHORT = {
  headers: 800,
  body: 2_500,
  check: 100,
  pace: { bytes: 1, windowMs: 10_000 },
};
/** The body may take its time, if only it moves. */
const PACED = { ...SHORT, body: 60_000, pace: { bytes: 2_000, windowMs: 1_500 } };
const PATH = '/api/v1/submissions';

/** The upload in so many pieces, one after the other. */
async function upload(pieces: number, width = 600): Promise<Buffer[]> {
  const picture = { name: 'photo', value: await photo({ width, height: width }), filename: 'a' };
  const { body, headers } = multipart([...fieldParts(FIELDS), picture]);
  const first = head(`POST ${PATH}`, { ...headers, 'content-length': body.length });
  const size = Math.ceil(body.length / pieces);
  const cut = Array.from({ length: pieces }, (_, i) => body.subarray(i * size, (i + 1) * size));
  return [Buffer.from(first), ...cut];
}

function* trickle(start: string) {
  yield start;
  for (;;) yield 'x';
}

/** The application in this process, with timeouts a test can wait for. */
async function openWith(timeouts: typeof SHORT) {
  const folder = await mkdtemp(join(tmpdir(), 'compete-timeouts-'));
  const config = readConfig({
    SECRET_KEY,
    DATABASE_URL: `file:${folder}/data.db`,
    UPLOADS_DIR: join(folder, 'uploads'),
    LOG_LEVEL: 'silent',
  });
  const resources = await openResources(config);
  const app = await openApp(resources, timeouts);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    folder,
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    async close() {
      await app.close();
      await resources.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe('with short timeouts', () => {
  let folder: string;
  let site: Awaited<ReturnType<typeof openWith>>;
  let url: string;

  beforeAll(async () => {
    site = await openWith(SHORT);
    ({ folder, url } = site);
  });
  afterAll(() => site?.close());

  it('slow headers are cut', async () => {
    const { ms, status } = await talk(url, trickle('GET / HTTP/1.1\r\nx: '), { pauseMs: 50 });
    expect(ms).toBeGreaterThan(SHORT.headers - 200);
    expect(ms).toBeLessThan(SHORT.headers + 1_500);
    expect([0, 408]).toContain(status);
  });

  it('a connection that says nothing is cut', async () => {
    const { ms } = await talk(url, [], { giveUpMs: 10_000 });
    expect(ms).toBeLessThan(SHORT.body + 1_500);
  });

  it('a slow body is cut, and nothing of it stays', async () => {
    const [first = '', start = ''] = await upload(4);
    const { ms, status } = await talk(url, trickle(`${first}${start.toString('latin1')}`), {
      pauseMs: 50,
    });
    expect(ms).toBeGreaterThan(SHORT.body - 500);
    expect(ms).toBeLessThan(SHORT.body + 1_500);
    expect([0, 408]).toContain(status);
    await expect.poll(() => storedFiles({ folder })).toEqual([]);
  });

  it('a slow body of a plain form is cut', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 9_000 };
    const { ms } = await talk(url, trickle(head('POST /receipt', type)), { pauseMs: 50 });
    expect(ms).toBeLessThan(SHORT.body + 1_500);
  });

  it('an upload that takes nearly as long goes through', async () => {
    const { status } = await talk(url, await upload(20), { pauseMs: 90 });
    expect([201, 202]).toContain(status);
  }, 40_000);
});

describe('a body', () => {
  let site: Awaited<ReturnType<typeof openWith>>;

  beforeAll(async () => {
    site = await openWith(PACED);
  });
  afterAll(() => site?.close());

  it('that hardly moves is cut, alone or among others, and nothing of it stays', async () => {
    const [first = '', start = ''] = await upload(4);
    const slow = Array.from({ length: 30 }, () =>
      talk(site.url, trickle(`${first}${start.toString('latin1')}`), { pauseMs: 50 }),
    );
    const good = await talk(site.url, await upload(1));
    expect([201, 202]).toContain(good.status);
    for (const { ms, status } of await Promise.all(slow)) {
      expect(ms).toBeLessThan(PACED.pace.windowMs * 3);
      expect([0, 408]).toContain(status);
    }
    // Nothing cleans here, so the good one's is still there.
    await expect.poll(() => storedFiles(site)).toHaveLength(1);
  });

  it('of a plain form is no other', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 9_000 };
    const { ms } = await talk(site.url, trickle(head('POST /receipt', type)), { pauseMs: 50 });
    expect(ms).toBeLessThan(PACED.pace.windowMs * 3);
  });

  it('that moves all the time may take several times as long', async () => {
    const pieces = await upload(40, 1200);
    const { status, ms } = await talk(site.url, pieces, { pauseMs: 150 });
    expect([201, 202]).toContain(status);
    expect(ms).toBeGreaterThan(PACED.pace.windowMs * 3);
  }, 40_000);
});

describe('with its own timeouts the program', () => {
  let service: Service;

  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service?.dispose());

  it('cuts slow headers within 15 s, while an honest slow upload at 40 kB/s finishes', async () => {
    const slow = Promise.all(
      Array.from({ length: 50 }, () =>
        talk(service.url, trickle('GET / HTTP/1.1\r\nx: '), { pauseMs: 500 }),
      ),
    );
    const pieces = await upload(50, 2400);
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const pauseMs = bytes / 50 / 40;
    const honest = await talk(service.url, pieces, { pauseMs });
    expect(honest.status).toBe(201);
    expect(honest.ms).toBeGreaterThan(10_000);
    for (const { ms } of await slow) expect(ms).toBeLessThan(15_000);
  }, 120_000);
});

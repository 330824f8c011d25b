import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { openResources } from '../../src/resources.ts';
import { watchAlive } from '../support/alive.ts';
import { ask, fieldParts, multipart } from '../support/http.ts';
import { FIELDS, sendPhoto } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
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
/** Connections of each slow kind, good senders among them, and pixels of the phone's photo: 8 MB in the long form. */
const SLOW = rounds({ quick: 20, ci: 60, long: 1_000 });
const GOOD = rounds({ quick: 5, ci: 20, long: 50 });
const PHONE_WIDTH = rounds({ quick: 600, ci: 1_200, long: 7_000 });
/** A byte in a second. */
const SLOWLY = { pauseMs: 1_000, giveUpMs: 120_000 };

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

  it('B17 slow headers are cut', async () => {
    const { ms, status } = await talk(url, trickle('GET / HTTP/1.1\r\nx: '), { pauseMs: 50 });
    expect(ms).toBeGreaterThan(SHORT.headers - 200);
    expect(ms).toBeLessThan(SHORT.headers + 1_500);
    expect([0, 408]).toContain(status);
  });

  it('B17 a connection that says nothing is cut', async () => {
    const { ms } = await talk(url, [], { giveUpMs: 10_000 });
    expect(ms).toBeLessThan(SHORT.body + 1_500);
  });

  it('B18 a slow body is cut, and nothing of it stays', async () => {
    const [first = '', start = ''] = await upload(4);
    const { ms, status } = await talk(url, trickle(`${first}${start.toString('latin1')}`), {
      pauseMs: 50,
    });
    expect(ms).toBeGreaterThan(SHORT.body - 500);
    expect(ms).toBeLessThan(SHORT.body + 1_500);
    expect([0, 408]).toContain(status);
    await expect.poll(() => storedFiles({ folder })).toEqual([]);
  });

  it('B18 a slow body of a plain form is cut', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 9_000 };
    const { ms } = await talk(url, trickle(head('POST /receipt', type)), { pauseMs: 50 });
    expect(ms).toBeLessThan(SHORT.body + 1_500);
  });

  it('B19 an upload that takes nearly as long goes through', async () => {
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

  it('B18 that hardly moves is cut, alone or among others, and nothing of it stays', async () => {
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

  it('B18 of a plain form is no other', async () => {
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': 9_000 };
    const { ms } = await talk(site.url, trickle(head('POST /receipt', type)), { pauseMs: 50 });
    expect(ms).toBeLessThan(PACED.pace.windowMs * 3);
  });

  it('B19 that moves all the time may take several times as long', async () => {
    const pieces = await upload(40, 1200);
    const { status, ms } = await talk(site.url, pieces, { pauseMs: 150 });
    expect([201, 202]).toContain(status);
    expect(ms).toBeGreaterThan(PACED.pace.windowMs * 3);
  }, 40_000);
});

describe('with its own timeouts the program', () => {
  let service: Service;
  let alive: () => Promise<void>;

  beforeAll(async () => {
    service = await startService({ LINE_LENGTH: '5000', QUEUE_LENGTH: '5000' });
    alive = watchAlive(service);
  });
  afterAll(() => service?.dispose());

  it(`B17 B18 B19 B20 serves good senders among ${SLOW} slow ones of each kind`, async () => {
    const many = <T>(make: (at: number) => T) => Array.from({ length: SLOW }, (_, at) => make(at));
    const [first = '', start = ''] = await upload(4);
    const heads = many(() => talk(service.url, trickle('GET / HTTP/1.1\r\nx: '), SLOWLY));
    const bodies = many(() =>
      talk(service.url, trickle(`${first}${start.toString('latin1').slice(0, 900)}`), SLOWLY),
    );
    const idle = await Promise.all(many(() => hold('HEAD / HTTP/1.1\r\nhost: localhost\r\n\r\n')));
    const readers = await Promise.all(many(() => hold(head('GET /gallery', {}))));
    const phone = talk(service.url, slowly(await upload(1, PHONE_WIDTH)), {
      pauseMs: 100,
      giveUpMs: 900_000,
    });

    const picture = await photo({ width: 640, height: 480 });
    const good = Promise.all(Array.from({ length: GOOD }, () => sendPhoto(service, picture)));
    expect((await good).map(({ status }) => status).filter((status) => status > 202)).toEqual([]);
    const begun = performance.now();
    expect((await ask(`${service.url}/gallery`)).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(2_000);

    for (const { ms } of await Promise.all(heads)) expect(ms).toBeLessThan(15_000);
    for (const { ms } of await Promise.all(bodies)) expect(ms).toBeLessThan(40_000);
    const { status, ms, sent } = await phone;
    expect([201, 202]).toContain(status);
    console.info(`the phone sent ${(sent / 1e6).toFixed(1)} MB in ${(ms / 1000).toFixed(0)} s`);
    for (const socket of [...idle, ...readers]) socket.destroy();
    await alive();
  }, 900_000);

  /** Says one thing and then nothing more, and never listens. */
  async function hold(text: string): Promise<Socket> {
    const { hostname, port } = new URL(service.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.pause();
    socket.write(text);
    return socket;
  }
});

/** What a phone sends in a tenth of a second at 40 kB/s. */
function* slowly(chunks: readonly Buffer[]) {
  const body = Buffer.concat(chunks);
  for (let at = 0; at < body.length; at += 4_000) yield body.subarray(at, at + 4_000);
}

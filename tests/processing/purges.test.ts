import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removePhoto } from '../../src/processing/publish.ts';
import { purgeNext } from '../../src/processing/purges.ts';
import { sweep } from '../../src/processing/sweep.ts';
import { type Life, minutes, NOON, openLife } from '../support/submissions.ts';
import { openTestTools, type TestTools } from '../support/tools.ts';

const CDN = 'https://cdn.example.org/photos';

let tools: TestTools;
let life: Life;
let cache: Server;
/** What the cache was sent, and what it says to it. */
let calls: { token: string | undefined; files: string[] }[];
let status: number;

beforeEach(async () => {
  tools = await openTestTools();
  life = openLife(tools.store);
  calls = [];
  status = 200;
  cache = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      calls.push({ token: request.headers.authorization, files: JSON.parse(body).files });
      response.writeHead(status).end();
    });
  });
  cache.listen(0, '127.0.0.1');
  await once(cache, 'listening');
  const purgeUrl = `http://127.0.0.1:${(cache.address() as AddressInfo).port}/purge`;
  tools.config = { ...tools.config, photoBaseUrl: CDN, purgeUrl, purgeToken: 'a-token' };
});
afterEach(async () => {
  cache.closeAllConnections();
  cache.close();
  await tools.dispose();
});

/** Makes all calls that are due by then; returns how many reached the cache. */
async function callAll(now = NOON): Promise<number> {
  tools.now = () => now;
  calls = [];
  while (await purgeNext(tools));
  return calls.length;
}

/** Does what takes its files away. */
const removeFiles = async (id: string, task: 'erase' | 'retract') =>
  removePhoto(tools, await life.claim(id, [task]));

it('tells a cache what to forget once the files are gone, and no more when it has', async () => {
  const id = await life.published();
  expect(await callAll()).toBe(0);
  await tools.store.submissions.withdraw(id, NOON);
  tools.now = () => NOON;
  expect(await purgeNext(tools)).toBe(true);
  expect(calls).toEqual([]);
  await removeFiles(id, 'erase');
  expect(await callAll(minutes(1))).toBe(1);
  expect(calls[0]?.token).toBe('Bearer a-token');
  expect(calls[0]?.files).toEqual(
    expect.arrayContaining([
      `${CDN}/${id}/480.jpg`,
      `${CDN}/${id}/1920.avif`,
      `${CDN}/${id}/card.jpg`,
      `http://localhost:3000/photos/${id}/960.jpg`,
      'http://localhost:3000/mosaic.jpg',
    ]),
  );
  expect(await callAll(minutes(600))).toBe(0);
});

it('goes on until the cache takes it, each time later', async () => {
  const id = await life.published();
  await life.decide(id, 'reopened');
  await removeFiles(id, 'retract');
  status = 500;
  expect(await callAll()).toBe(1);
  expect(await callAll()).toBe(0);
  for (let tries = 1; tries < 12; tries += 1) expect(await callAll(minutes(tries * 11))).toBe(1);
  status = 200;
  expect(await callAll(minutes(200))).toBe(1);
  expect(await callAll(minutes(400))).toBe(0);
});

it('tells of what leaves again while it is being told', async () => {
  const id = await life.published();
  await life.decide(id, 'reopened');
  await removeFiles(id, 'retract');
  const first = await tools.store.purges.claim(NOON, 60_000);
  await life.decide(id, 'approved');
  await life.publish(id);
  await tools.store.submissions.withdraw(id, NOON);
  if (first) await tools.store.purges.finish(first);
  await removeFiles(id, 'erase');
  expect(await callAll()).toBe(1);
});

it('keeps nothing where there is no cache to tell', async () => {
  const id = await life.published();
  await tools.store.submissions.withdraw(id, NOON);
  await sweep(tools, false, new Set());
  expect(await tools.test.database.read.purge.count()).toBe(1);
  tools.config = { ...tools.config, purgeUrl: undefined };
  expect(await callAll()).toBe(0);
  await sweep(tools, false, new Set());
  expect(await tools.test.database.read.purge.count()).toBe(0);
});

import { readdir, readFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, eventually } from '../support/http.ts';
import { hasNginx, type Nginx, startNginx } from '../support/nginx.ts';
import { approve, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { freePort, type Service, startService } from '../support/service.ts';

/** What the lists' own headers allow, and a little for slow machines. */
const LISTS_MS = 45_000;

let service: Service;
let nginx: Nginx;
let front: string;

describe.skipIf(!hasNginx)('behind nginx, set up as the README says', () => {
  beforeAll(async () => {
    const port = await freePort();
    front = `http://127.0.0.1:${port}`;
    service = await startService({ PUBLIC_URL: front, TRUST_PROXY: '127.0.0.1' });
    const uploads = join(service.folder, 'uploads');
    nginx = await startNginx({ port, processes: [service.url], uploads });
  });

  afterAll(async () => {
    await nginx?.stop();
    await service?.dispose();
  });

  it('H6 takes photos, shows them from files and lists from a cache, and forgets what is taken back', async () => {
    const staff = await signIn(service);
    const through = { ...service, url: front };
    const { id, receipt } = await (await sendPhoto(through, await photo())).json();
    expect((await approve(staff, id, 2)).status).toBe(200);
    const listed = async () => (await ask(`${front}/api/v1/gallery`)).text.includes(id);
    await eventually(listed);

    const image = `${front}/photos/${id}/480.jpg`;
    const shown = await ask(image);
    expect([shown.status, shown.headers['content-type']]).toEqual([200, 'image/jpeg']);
    expect(shown.headers.server).toBe('nginx');
    expect(shown.headers['cache-control']).toBe('public, max-age=300, must-revalidate');
    expect(shown.headers['access-control-allow-origin']).toBe('*');
    const again = { 'if-none-match': shown.headers.etag ?? '' };
    expect((await ask(image, { headers: again })).status).toBe(304);

    expect((await withReceipt(through, receipt, 'DELETE')).status).toBe(204);
    expect((await ask(image)).status).toBe(410);
    expect((await ask(image, { headers: again })).status).toBe(410);
    await eventually(async () => !(await listed()), LISTS_MS);
  });

  it('F3 F5 takes everybody who comes by Tor for one client, whatever they say they are', async () => {
    const left = async (client: string) => {
      const headers = { host: 'photos.onion', 'x-forwarded-for': client };
      const { status, headers: told } = await overSocket('/api/v1/gallery', headers);
      expect(status).toBe(200);
      return Number(told['x-ratelimit-remaining']);
    };
    const first = await left('203.0.113.1');
    expect(await left('203.0.113.2')).toBe(first - 1);
    expect((await overSocket('/send', { host: 'photos.onion' })).headers['set-cookie']).toBe(
      undefined,
    );
  });

  it('H1 opens nothing else of the folder', async () => {
    for (const path of [
      '/photos/../private/',
      '/photos/%2e%2e/private',
      '/private/',
      '/uploads/',
    ]) {
      expect((await ask(front + path)).status, path).toBeGreaterThanOrEqual(400);
    }
  });

  it('G7 writes down nobody', async () => {
    const names = (await readdir(nginx.folder, { recursive: true })).filter((name) =>
      /log$/.test(name),
    );
    for (const name of names) {
      expect(await readFile(join(nginx.folder, name), 'utf8')).not.toMatch(/127\.0\.0\.1|GET|POST/);
    }
  });

  it('K10 goes on showing lists and photos while the service is down', async () => {
    const { id } = await (await sendPhoto(service, await photo({ seed: 2 }))).json();
    expect((await approve(await signIn(service), id, 2)).status).toBe(200);
    const image = `/photos/${id}/480.jpg`;
    await eventually(async () => (await ask(service.url + image)).status === 200);
    await service.kill();
    expect((await ask(`${front}/api/v1/gallery`)).status).toBe(200);
    expect((await ask(front + image)).status).toBe(200);
  });

  it('K10 tells everybody else when to come back', async () => {
    const { status, headers } = await ask(`${front}/send`);
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    const sent = await sendPhoto({ url: front }, await photo({ seed: 3 })).catch(() => null);
    if (sent) expect([sent.status, sent.headers.get('retry-after')]).toEqual([503, '5']);
  });
});

/** A request as Tor hands it over. */
function overSocket(path: string, headers: Record<string, string>) {
  const socketPath = join(nginx.folder, 'onion.sock');
  return new Promise<{ status: number; headers: IncomingHttpHeaders }>((resolve, reject) => {
    const call = request({ socketPath, path, headers, agent: false }, (response) => {
      const { statusCode: status = 0, headers: told } = response;
      response.resume().on('end', () => resolve({ status, headers: told }));
    });
    call.on('error', reject).end();
  });
}

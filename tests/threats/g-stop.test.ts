import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogues, LOCALES } from '../../src/i18n/messages.ts';
import { ask, eventually } from '../support/http.ts';
import { approve, reject, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

interface Sent {
  id: string;
  receipt: string;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
let service: Service;
let staff: Staff;
let bytes: Buffer;
let [waiting, shown, kept, counted, rejected]: Sent[] = [];
let report: string;

/** A photo of each kind, two of them public. */
beforeAll(async () => {
  service = await startService();
  staff = await signIn(service);
  bytes = await photo({ width: 800, height: 600 });
  const send = async (fields = {}): Promise<Sent> =>
    (await sendPhoto(service, bytes, { email: 'canary@supporters.example', ...fields })).json();
  [waiting, shown, kept, rejected] = [await send(), await send(), await send(), await send()];
  counted = await send({ exposure: 'counted' });
  for (const sent of [shown, kept, counted]) await approve(staff, sent?.id ?? '', 2);
  await reject(staff, rejected?.id ?? '', 2);
  // The card is the last that is made.
  for (const sent of [shown, kept]) {
    await eventually(
      async () => (await get(`/photos/${sent?.id}/card.jpg`)).status === 200,
      60_000,
    );
  }
});
afterAll(() => service?.dispose());

const get = (path: string, headers = {}) => ask(service.url + path, { headers });
const image = (sent: Sent | undefined) => get(`/photos/${sent?.id}/480.jpg`);
const stateOf = async (sent: Sent | undefined) =>
  (await withReceipt(service, sent?.receipt ?? '')).json();
const filesOf = async (sent: Sent | undefined) =>
  (await storedFiles(service)).filter((file) => file.includes(sent?.id ?? '?'));

describe('a stopped campaign', () => {
  it('G17 is first only counted, and nothing is changed', async () => {
    const files = await storedFiles(service);
    const told = await service.command('stop-campaign');
    expect(told).toContain('To do it: npm run stop-campaign -- --yes');
    expect(told).toMatch(/^ *2 {2}public photos/m);
    expect((await get('/gallery')).status).toBe(200);
    expect(await storedFiles(service)).toEqual(files);
  });

  it('G17 destroys photos not approved, addresses, mails and sessions, and proves it', async () => {
    report = await service.command('stop-campaign', '--yes');
    const counts = report.matchAll(/^ +(\d+) +(\d+) {2}(.*)$/gm);
    const told = Object.fromEntries(
      [...counts].map(([, from = '', to = '', kind = '']) => [kind, [from, to]]),
    );
    expect(told).toMatchObject({
      'public photos (taken offline, kept sealed)': ['2', '0'],
      'photos nobody decided about': ['1', '0'],
      'rejected photos': ['1', '0'],
      'addresses of supporters': ['5', '0'],
      'sessions of moderators': ['1', '0'],
      'sealed files of photos not approved': ['8', '0'],
    });
    expect(Object.values(told).every((pair) => pair?.[1] === '0')).toBe(true);
    expect(report).toContain('Files and rows agree, both ways.');
    for (const sent of [waiting, rejected, counted]) expect(await filesOf(sent)).toEqual([]);
    const left = (await storedFiles(service)).filter((file) => file.startsWith('public/'));
    expect(left).toEqual([]);
    expect(await filesOf(shown)).toHaveLength(4);
  });

  it.each(['while it runs', 'after a restart'])('G17 answers 410, %s', async (when) => {
    if (when === 'after a restart') {
      await service.stop();
      await service.restart();
    }
    const cookie = { cookie: staff.cookie };
    const id = shown?.id;
    for (const path of [
      ...['/', '/gallery', '/send', '/map', '/embed', '/embed.js', '/gallery.rss', '/nowhere'],
      ...[`/gallery/${id}`, `/photos/${id}/480.jpg`, '/moderation', '/moderation/sign-in', '/docs'],
      ...['/api/v1/gallery', '/api/v1/coverage', '/api/v1/moderation/submissions', '/openapi.json'],
    ]) {
      const answer = await get(path, cookie);
      expect([path, answer.status]).toEqual([path, 410]);
      expect(JSON.parse(answer.text).code, path).toBe('campaign-stopped');
      expect(answer.headers['access-control-allow-origin']).toBe('*');
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    }
    const upload = await sendPhoto(service, bytes);
    expect([upload.status, (await upload.json()).code]).toEqual([410, 'campaign-stopped']);
    for (const path of ['/health/live', '/health/ready']) {
      expect(await get(path)).toMatchObject({ status: 200, text: '{"status":"stopped"}' });
    }
  });

  it('G17 says so to people in every language, on a page that leads to the receipt', async () => {
    for (const lang of LOCALES) {
      const { status, text } = await get(`/gallery?lang=${lang}`, { accept: 'text/html' });
      expect(status).toBe(410);
      expect(text).toContain(catalogues[lang]['refusal.campaign-stopped.title']);
      expect(text).toContain(`href="/receipt?lang=${lang}"`);
      expect(text).not.toContain('href="/send');
    }
    const style = /href="(\/assets\/[^"]+\.css)"/.exec((await get('/receipt')).text)?.[1];
    expect((await get(style ?? '')).status).toBe(200);
  });

  it('G17 still takes photos back by receipt, by page and by program', async () => {
    expect(await stateOf(waiting)).toMatchObject({ state: 'refused', reason: 'campaign-stopped' });
    expect(await stateOf(rejected)).toMatchObject({ state: 'rejected' });
    expect(await stateOf(shown)).toMatchObject({ state: 'approved' });
    const body = `receipt=${shown?.receipt}&confirmed=yes`;
    const url = `${service.url}/receipt/withdrawal`;
    expect((await ask(url, { method: 'POST', headers: FORM, body })).status).toBe(200);
    expect(await filesOf(shown)).toEqual([]);
    expect((await withReceipt(service, waiting?.receipt ?? '', 'DELETE')).status).toBe(204);
    expect(await stateOf(shown)).toMatchObject({ state: 'withdrawn' });
  });

  it('G17 can be opened again, without what was destroyed', async () => {
    expect(await service.command('stop-campaign', '--open-again')).toContain('1 photos');
    await eventually(async () => (await image(kept)).status === 200);
    expect((await image(shown)).status).toBe(410);
    const { items } = JSON.parse((await get('/api/v1/gallery')).text);
    expect(items.map(({ id }: { id: string }) => id)).toEqual([kept?.id]);
    expect((await sendPhoto(service, bytes)).status).toBe(201);
  });

  it('G17 is stopped in the same way when the service does not run', async () => {
    await service.stop();
    expect(await service.command('stop-campaign', '--yes')).toContain('Files and rows agree');
    expect((await storedFiles(service)).filter((file) => file.startsWith('public/'))).toEqual([]);
    await service.restart();
    expect((await get('/gallery')).status).toBe(410);
    expect((await withReceipt(service, kept?.receipt ?? '', 'DELETE')).status).toBe(204);
    expect(await storedFiles(service)).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, DESKTOP, hasChromium } from '../support/chromium.ts';
import { openDeskBrowser } from '../support/desk-page.ts';
import { approve, sendPhoto, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { listRoutes } from '../support/routes.ts';
import { type Service, startService } from '../support/service.ts';

/** What stands for each parameter of an address. */
const embassy = 'embassy-vienna';

describe.skipIf(!hasChromium)('all pages', () => {
  let service: Service;
  let browser: Chromium;
  let id: string;

  beforeAll(async () => {
    service = await startService();
    ({ id } = await (await sendPhoto(service, await photo())).json());
    await approve(await signIn(service), id, 2);
    browser = await openDeskBrowser(service, DESKTOP);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.dispose();
  });

  it('G10 ask no other host for anything, with scripts, strangers’ and staff’s alike', async () => {
    // What has an ending is a file, and what is no page is not opened.
    const gets = (await listRoutes()).filter(
      ({ method, url }) => method === 'GET' && !/\.\w+$/.test(url),
    );
    const paths = gets.map(({ url }) => url.replace(/:(\w+)/g, (_, name) => values(name)));
    const seen: string[] = [];
    for (const path of paths) {
      const answer = await fetch(service.url + path, { headers: { accept: 'text/html' } });
      await answer.body?.cancel();
      if (!answer.headers.get('content-type')?.startsWith('text/html')) continue;
      await browser.page.goto(service.url + path, { waitUntil: 'load' });
      seen.push(path);
    }
    expect(seen.length).toBeGreaterThan(15);
    const hosts = browser.requests.map((url) => new URL(url)).filter(isOfNet);
    expect([...new Set(hosts.map(({ origin }) => origin))]).toEqual([service.url]);
  });

  const values = (name: string): string => (name === 'id' ? id : embassy);
});

/** Pictures made in the page have addresses without a host. */
function isOfNet({ protocol }: URL): boolean {
  return protocol !== 'data:' && protocol !== 'blob:';
}

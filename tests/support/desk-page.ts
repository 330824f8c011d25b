import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type Chromium, openChromium } from './chromium.ts';
import { openInside } from './inside.ts';
import { photo } from './pictures.ts';
import { plant } from './plant.ts';
import { type Service, startService } from './service.ts';

const [WIDTH, HEIGHT] = [960, 720];

/** A service whose queue holds photos as large as phones show them; some to be shown covered. */
export async function serviceWithPhotos(count: number, covered = 0) {
  const service = await startService({ LOG_LEVEL: 'warn' });
  await service.stop();
  const inside = await openInside({ folder: service.folder });
  const bytes = await photo({ width: WIDTH, height: HEIGHT });
  const picture = { bytes, width: WIDTH, height: HEIGHT };
  const planted = await plant(inside, count, { picture });
  planted.push(...(await plant(inside, covered, { picture, exposure: 'covered' })));
  await inside.close();
  await service.restart();
  return { service, ids: planted.map(({ id }) => id) };
}

/** A browser in which a moderator is signed in, on the queue. */
export async function openDeskBrowser(
  service: Service,
  options: BrowserContextOptions,
  address = 'ada@example.org',
): Promise<Chromium> {
  const browser = await openChromium(options);
  await browser.page.goto(await service.command('moderator', 'sign-in', address));
  await browser.page.click('main form button[type="submit"]');
  await browser.page.locator('.queue-head').waitFor();
  return browser;
}

/** Asks again until the answer is right, for as long as a machine with much else to do may take. */
export function soon<Value>(ask: () => Value) {
  return expect.poll(ask, { timeout: 60_000, interval: 50 });
}

/** The desk as a person meets it. */
export function deskPage(page: Page) {
  return {
    start: async () => {
      await page.click('.start');
      await page.locator('.single').waitFor();
    },
    id: () => page.locator('.single').getAttribute('data-id'),
    said: () => page.locator('[data-part="said"]').textContent(),
    left: () => page.locator('[data-part="left"]').textContent(),

    /** Waits until another photo than `id` is shown. */
    other: (id: string | null) => page.locator(`.single:not([data-id="${id}"])`).waitFor(),

    /** Presses keys as fast as the browser takes them. */
    async keys(...keys: string[]): Promise<void> {
      for (const key of keys) await page.keyboard.press(key);
    },

    /** How many decisions are kept in the browser because they have not arrived. */
    unsent: () =>
      page.evaluate(
        `JSON.parse(sessionStorage.getItem('desk-unsent') ?? '{"queue":[]}').queue.length`,
      ),

    tooWide: () => page.evaluate('document.documentElement.scrollWidth - innerWidth'),
  };
}

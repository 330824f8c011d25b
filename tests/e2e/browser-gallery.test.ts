import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import {
  type Chromium,
  DESKTOP,
  hasChromium,
  NARROW,
  openChromium,
  PHONE,
} from '../support/chromium.ts';
import { show, shownPictures } from '../support/gallery.ts';
import { openSite, type Site } from '../support/site.ts';

/** Bytes on the wire of the first page on a phone, photos in view included. */
const BUDGET = { all: 400_000, codeAndStyle: 30_000, requests: 24 };
const PHOTOS = 60;
const LONG_WORD = 'Müvəffəqiyyətsizləşdiricilərdənsinizmişcəsinə'.repeat(2);

let site: Site;
let browser: Chromium;
let page: Page;

beforeAll(async () => {
  site = await openSite();
  const pictures = await shownPictures();
  for (let at = 0; at < PHOTOS; at++) {
    const picture = pictures[at % pictures.length];
    const city = at % 5 === 0 ? { city: LONG_WORD, cityKey: LONG_WORD.toLowerCase() } : {};
    const month = at < 30 ? '2026-11' : '2026-10';
    if (picture) await show(site, picture, { ...city, message: `Message ${at}` }, month);
  }
}, 120_000);
afterAll(() => site?.close());

async function visit(path: string, options: Parameters<typeof openChromium>[0] = {}) {
  browser = await openChromium(options);
  page = browser.page;
  await page.addInitScript(observeShifts);
  await page.goto(site.url + path);
}

/** Runs in the page: adds up what moves without being asked to. */
function observeShifts(): void {
  const world = globalThis as unknown as { shifted: number };
  world.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as unknown as {
      value: number;
      hadRecentInput: boolean;
    }[]) {
      if (!entry.hadRecentInput) world.shifted += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

const shifted = () => page.evaluate('shifted');
const photos = () => page.locator('.photos > li').count();
const at = () => new URL(page.url()).pathname;
const focused = () => page.evaluate('document.activeElement.getAttribute("href")');
const wide = () => page.evaluate('document.documentElement.scrollWidth > innerWidth');

/** Scrolls as a thumb does until nothing more comes. */
async function scrollToEnd(): Promise<void> {
  for (let still = 0; still < 10; ) {
    const before = await page.evaluate('scrollY');
    await page.evaluate('scrollBy({ top: 400, behavior: "instant" })');
    await page.waitForTimeout(60);
    still = (await page.evaluate('scrollY')) === before ? still + 1 : 0;
  }
}

async function openLarge(index: number): Promise<void> {
  await page.locator('a.photo').nth(index).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.pswp--open .pswp__img:not(.pswp__img--placeholder)');
  await page.waitForFunction('document.activeElement.closest(".pswp")');
}

const closed = () => page.waitForFunction('!document.querySelector(".pswp")');

describe.skipIf(!hasChromium)('the gallery in a browser', () => {
  afterEach(async () => {
    expect(browser.errors).toEqual([]);
    await browser.close();
  });

  it.each([PHONE, DESKTOP])('moves nothing, to the end of all photos', async (device) => {
    await visit('/gallery', device);
    await scrollToEnd();
    while ((await photos()) < PHOTOS) {
      const before = await photos();
      await page.locator('[data-part="more"] a').click();
      await page.waitForFunction(`document.querySelectorAll('.photos > li').length > ${before}`);
      await scrollToEnd();
    }
    expect(await photos()).toBe(PHOTOS);
    expect(await page.locator('[data-part="more"]').count()).toBe(0);
    expect(await page.textContent('[data-part="shown"]')).toBe(
      `Photos shown: ${PHOTOS} of ${PHOTOS}`,
    );
    const addresses = await page.locator('a.photo').evaluateAll((all) => all.map(String));
    expect(new Set(addresses).size).toBe(PHOTOS);
    expect(await shifted()).toBe(0);
  });

  it('costs a phone little before the first photos are there', async () => {
    await visit('/nowhere', { ...PHONE, deviceScaleFactor: 3 });
    browser.errors.length = 0;
    const line = await browser.context.newCDPSession(page);
    await line.send('Network.enable');
    const sizes = new Map<string, number>();
    const kinds = new Map<string, string>();
    line.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
    line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      sizes.set(requestId, encodedDataLength),
    );
    await page.goto(`${site.url}/gallery`, { waitUntil: 'networkidle' });
    const bytes = (...wanted: string[]) =>
      [...sizes].reduce(
        (sum, [id, size]) =>
          wanted.length === 0 || wanted.includes(kinds.get(id) ?? '') ? sum + size : sum,
        0,
      );
    expect(await photos()).toBe(24);
    expect(bytes('Image')).toBeGreaterThan(20_000);
    expect(bytes()).toBeLessThanOrEqual(BUDGET.all);
    expect(bytes('Script', 'Stylesheet')).toBeLessThanOrEqual(BUDGET.codeAndStyle);
    expect(sizes.size).toBeLessThanOrEqual(BUDGET.requests);
    expect(browser.requests.filter((url) => /lightbox/.test(url))).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has nothing axe finds wrong, %s', async (colorScheme) => {
    await visit('/gallery', { ...NARROW, colorScheme });
    expect(await violations(page)).toEqual([]);
    expect(await wide()).toBe(false);
    await openLarge(0);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await closed();
    await page.goto(`${site.url}${await page.locator('a.photo').first().getAttribute('href')}`);
    expect(await violations(page)).toEqual([]);
    expect(await wide()).toBe(false);
  });

  it('shows photos in large by keyboard alone, and gives the focus back to the last one', async () => {
    await visit('/gallery', DESKTOP);
    const hrefs = await page
      .locator('a.photo')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    await openLarge(1);
    expect(at()).toBe(hrefs[1]);
    expect(await page.getAttribute('.pswp', 'role')).toBe('dialog');
    expect(await page.textContent('.lightbox-story')).toContain('Message');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(`location.pathname === ${JSON.stringify(hrefs[2])}`);
    for (let tabs = 0; tabs < 12; tabs++) {
      await page.keyboard.press('Tab');
      // Behind the last button the browser's own controls have their turn, which is the body here.
      expect(await page.evaluate('document.activeElement.closest("header, main, footer")')).toBe(
        null,
      );
    }
    await page.keyboard.press('Escape');
    await closed();
    expect(at()).toBe('/gallery');
    await page.waitForFunction(`document.activeElement.getAttribute('href') === '${hrefs[2]}'`);
  });

  it('closes the large photo by Back and opens it again by Forward', async () => {
    await visit('/gallery', PHONE);
    await openLarge(3);
    const photo = at();
    await page.goBack();
    await closed();
    expect(at()).toBe('/gallery');
    expect(await focused()).toBe(photo);
    await page.goForward();
    await page.waitForSelector('.pswp--open');
    expect(at()).toBe(photo);
    await page.reload();
    expect(await page.locator('.pswp').count()).toBe(0);
    expect(await page.locator('.large-photo').count()).toBe(1);
  });

  it('finds the same photos and place when the reader comes back', async () => {
    await visit('/gallery', PHONE);
    await scrollToEnd();
    const [count, y] = [await photos(), await page.evaluate<number>('scrollY')];
    expect(count).toBeGreaterThan(24);
    await page.goto(`${site.url}/send`);
    await page.goBack();
    await page.waitForFunction(`document.querySelectorAll('.photos > li').length >= ${count}`);
    await page.waitForFunction(`Math.abs(scrollY - ${y}) < 300`);
  });

  it('copies the link of a photo', async () => {
    await visit('/gallery', { ...DESKTOP, permissions: ['clipboard-read', 'clipboard-write'] });
    await page.goto(`${site.url}${await page.locator('a.photo').first().getAttribute('href')}`);
    await page.locator('[data-part="copy"]').click();
    await page.waitForFunction('document.querySelector("[data-part=status]").textContent !== ""');
    const copied = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toBe(`${site.config.publicUrl}${at()}`);
  });
});

describe.skipIf(!hasChromium)('the gallery without scripts', () => {
  beforeEach(() => visit('/gallery', { ...NARROW, javaScriptEnabled: false }));
  afterEach(() => browser.close());

  it('leads through all photos, to each one and on to the next by links', async () => {
    const seen = new Set<string>();
    for (;;) {
      for (const link of await page.locator('a.photo').all()) {
        seen.add((await link.getAttribute('href')) ?? '');
      }
      const next = page.locator('[data-part="more"] a');
      if ((await next.count()) === 0) break;
      await next.click();
    }
    expect(seen.size).toBe(PHOTOS);
    await page.locator('a.photo').first().click();
    expect(seen).toContain(at());
    const first = at();
    await page.locator('a[rel="next"], a[rel="prev"]').first().click();
    expect(at()).not.toBe(first);
    expect(seen).toContain(at());
  });

  it('filters by a plain form that keeps what was chosen', async () => {
    await page.locator('summary', { hasText: 'Choose which photos' }).click();
    await page.selectOption('#field-country', 'FR');
    await page.locator('.filter-form button').click();
    expect(new URL(page.url()).searchParams.get('country')).toBe('FR');
    expect(await page.inputValue('#field-country')).toBe('FR');
    expect(await page.locator('.empty a').getAttribute('href')).toBe('/send');
    await page.selectOption('#field-country', 'AT');
    await page.locator('.filter-form button').click();
    expect(await page.textContent('.lead')).toContain(`${PHOTOS} photos`);
  });
});

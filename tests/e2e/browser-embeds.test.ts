import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { type Chromium, DESKTOP, hasChromium, NARROW, openChromium } from '../support/chromium.ts';
import { filtered } from '../support/filters.ts';
import { type Host, openHost } from '../support/host.ts';
import { openInside } from '../support/inside.ts';
import { withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import type { Planted } from '../support/plant.ts';
import { type Service, startService } from '../support/service.ts';
import { showPhotos } from '../support/show.ts';

const SHAPES = [
  { width: 480, height: 360 },
  { width: 360, height: 480 },
  { width: 480, height: 270 },
];
const LIMIT = 5;
/** A machine with much else to do is slow to show a picture. */
const PATIENT = { timeout: 20_000 };

let service: Service;
let host: Host;
let photos: Planted[];

beforeAll(async () => {
  service = await startService();
  await service.stop();
  const inside = await openInside({ folder: service.folder });
  photos = [];
  for (const [seed, shape] of SHAPES.entries()) {
    const picture = { bytes: await photo({ ...shape, seed }), ...shape };
    photos.push(...(await showPhotos(inside, 2, { picture })));
  }
  await inside.close();
  await service.restart();
  host = await openHost(service.url);
  host.pages['/element'] = await snippet('element');
  host.pages['/frame'] = await snippet('frame');
}, 120_000);
afterAll(async () => {
  host?.close();
  await service?.dispose();
});

/** What the kit gives out. */
async function snippet(name: string): Promise<string> {
  const html = await (await fetch(`${service.url}/embed/kit?limit=${LIMIT}&language=en`)).text();
  const [, code = ''] = new RegExp(`id="code-${name}"[^>]*>([^<]*)`).exec(html) ?? [];
  const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  return code.replace(/&(lt|gt|quot|amp);/g, (_, sign: string) => signs[sign] ?? '');
}

/** A page that a site makes of our feed, as its content management system lets it. */
async function fromFeed(): Promise<string> {
  const feed = await (await fetch(`${service.url}/gallery.json?limit=${LIMIT}`)).json();
  return filtered(feed.items.map((item: { content_html: string }) => item.content_html).join(''));
}

/** Pictures on a page that are really there, in its shadows as well; a script for the browser. */
const LOADED = `(() => {
  const roots = [document, ...[...document.querySelectorAll('*')].flatMap((e) => e.shadowRoot ?? [])];
  const images = roots.flatMap((root) => [...root.querySelectorAll('a[href] img[alt]')]);
  for (const image of images) image.loading = 'eager';
  return images.filter((image) => image.complete && image.naturalWidth > 0).map((i) => i.currentSrc);
})()`;

describe.skipIf(!hasChromium).each([
  { size: 'phone', device: NARROW, colorScheme: 'dark' },
  { size: 'desktop', device: DESKTOP, colorScheme: 'light' },
] as const)('on another site, on a $size', ({ device, colorScheme }) => {
  let browser: Chromium;

  beforeAll(async () => {
    browser = await openChromium({ ...device, colorScheme });
  });
  afterAll(() => browser?.close());

  /** Errors that are not the policy keeping out the lines a strict site would have in a file. */
  const errors = () => browser.errors.filter((error) => !error.includes('inline script'));

  it('the element shows photos and more of them, moves nothing, and tells nobody else', async () => {
    const { page } = browser;
    await page.addInitScript(COUNT_SHIFTS);
    await page.goto(`${host.url}/element`);
    await expect.poll(() => page.evaluate(LOADED), PATIENT).toHaveLength(LIMIT);
    expect(await page.locator('photo-gallery [part~="status"]').textContent()).toBe(
      `Photos shown: ${LIMIT} of 6`,
    );
    expect(await page.evaluate('shifts')).toBe(0);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await page.locator('photo-gallery button').click();
    await expect.poll(() => page.evaluate(LOADED), PATIENT).toHaveLength(LIMIT + 1);
    expect(await page.locator('photo-gallery button').isVisible()).toBe(false);
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.localName')).toBe(
      'a',
    );
    const own = (url: string) => url.startsWith(service.url) || url.startsWith(host.url);
    expect(browser.requests.filter((url) => !own(url))).toEqual([]);
    expect(await browser.context.cookies()).toEqual([]);
    expect(errors()).toEqual([]);
  });

  it('the frame shows photos without scripts around it', async () => {
    const { page } = browser;
    await page.goto(`${host.url}/frame`);
    const frame = () => page.frames().find((each) => each.url().startsWith(service.url));
    await expect
      .poll(async () => (await frame()?.evaluate(LOADED)) ?? [], PATIENT)
      .toHaveLength(LIMIT);
    expect(await violations(page)).toEqual([]);
    await page.goto(`${service.url}/embed?limit=${LIMIT}`);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    expect(errors()).toEqual([]);
  });

  it('the feed shows photos when every tag that is not allowed is gone', async () => {
    const { page } = browser;
    const whole = await fromFeed();
    host.pages['/feed'] = whole;
    host.pages['/plain'] = filtered(await snippet('html'));
    expect(filtered(`${await snippet('element')}${await snippet('frame')}`)).not.toMatch(
      /<(script|iframe|photo)/,
    );
    for (const path of ['/feed', '/plain']) {
      await page.goto(host.url + path);
      await expect
        .poll(() => page.evaluate(LOADED), { message: path, ...PATIENT })
        .toHaveLength(LIMIT);
      expect(await violations(page), path).toEqual([]);
    }
    expect(errors()).toEqual([]);
  });

  it('the kit can be used, and its preview takes the height it asks for', async () => {
    const { page } = browser;
    await page.goto(`${service.url}/embed/kit?limit=1`);
    await page.locator('iframe.preview').scrollIntoViewIfNeeded();
    await page.waitForFunction("document.querySelector('iframe.preview').style.blockSize !== ''");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await page.fill('textarea[name="pasted"]', photos[0]?.id ?? '');
    await page.locator('#check button').click();
    await page.locator('.fates').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(errors()).toEqual([]);
  });
});

describe.skipIf(!hasChromium)('in WordPress, in a sandbox that names itself by a secret', () => {
  let browser: Chromium;

  beforeAll(async () => {
    browser = await openChromium(DESKTOP);
  });
  afterAll(() => browser?.close());

  it('the frame is styled, tells its height and asks for links in the words known there', async () => {
    const { page } = browser;
    const src = `${service.url}/embed?limit=2#?secret=s3cret`;
    host.pages['/sandbox'] =
      `<iframe sandbox="allow-scripts" title="Photos" src="${src}"></iframe>`;
    await page.addInitScript(
      'window.told = []; addEventListener("message", (e) => told.push(e.data))',
    );
    await page.goto(`${host.url}/sandbox`);
    await page.waitForFunction('told.length > 0');
    const [height] = (await page.evaluate('told')) as { message: string; value: number }[];
    expect(height).toMatchObject({ message: 'height', secret: 's3cret' });
    expect(height?.value).toBeGreaterThan(100);
    const frame = page.frames().find((each) => each.url().startsWith(service.url));
    await frame?.locator('.item a').first().click();
    await page.waitForFunction('told.some(({ message }) => message === "link")');
    expect(await frame?.evaluate("getComputedStyle(document.querySelector('.list')).display")).toBe(
      'flex',
    );
    expect(browser.errors).toEqual([]);
  });
});

describe.skipIf(!hasChromium)('without an answer', () => {
  it('the element leads to the gallery by a plain link', async () => {
    const { page, close } = await openChromium(DESKTOP);
    await page.route('**/api/v1/gallery?*', (route) => route.abort());
    await page.goto(`${host.url}/element`);
    await page.locator('photo-gallery [role="status"]').waitFor();
    const [told, href] = [
      await page.locator('photo-gallery [role="status"]').textContent(),
      await page.locator('photo-gallery a[part~="all"]').getAttribute('href'),
    ];
    await close();
    expect(told).toBe('The photos cannot be loaded right now.');
    expect(href).toBe(`${service.url}/gallery?lang=en`);
  });
});

describe.skipIf(!hasChromium)('after a withdrawal', () => {
  let browser: Chromium;

  beforeAll(async () => {
    browser = await openChromium(DESKTOP);
  });
  afterAll(() => browser?.close());

  it('element, frame and feed are without the photo at the next load, and its picture at once', async () => {
    const { page } = browser;
    const gone = await firstShown();
    const find = async () => (await page.content()) + (await shadows());
    const shadows = () =>
      page.evaluate("document.querySelector('photo-gallery')?.shadowRoot.innerHTML ?? ''");
    await page.goto(`${host.url}/element`);
    await expect.poll(() => page.evaluate(LOADED), PATIENT).toHaveLength(LIMIT);
    expect(await find()).toContain(gone.id);

    expect((await withReceipt(service, gone.receipt, 'DELETE')).status).toBe(204);
    expect([404, 410]).toContain((await fetch(`${service.url}/photos/${gone.id}/480.jpg`)).status);
    await page.reload();
    await expect.poll(() => page.evaluate(LOADED), PATIENT).toHaveLength(LIMIT);
    expect(await find()).not.toContain(gone.id);
    await page.goto(`${service.url}/embed?limit=${LIMIT}`);
    expect(await find()).not.toContain(gone.id);
    expect(await fromFeed()).not.toContain(gone.id);
    expect(await (await fetch(`${service.url}/gallery.rss`)).text()).not.toContain(gone.id);
    expect(browser.errors).toEqual([]);
  });

  async function firstShown(): Promise<Planted> {
    const { items } = await (await fetch(`${service.url}/api/v1/gallery?limit=1`)).json();
    const found = photos.find(({ id }) => id === items[0].id);
    if (!found) throw new Error('Not planted here');
    return found;
  }
});

/** Adds up how far what is seen was moved by what came later, but for what somebody pressed. */
const COUNT_SHIFTS = `
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shifts += value;
  }).observe({ type: 'layout-shift', buffered: true });`;

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/i18n/messages.ts';
import { violations } from '../support/axe.ts';
import { type Chromium, DESKTOP, hasChromium, NARROW, openChromium } from '../support/chromium.ts';
import { openSite, type Site } from '../support/site.ts';

/** The longest name there is, in every language. */
const LONGEST = 'permanent-mission-geneva';
const PAGES = ['/map', '/embassies/embassy-berlin', `/embassies/${LONGEST}/poster`, '/poster'];
/** A4 in points, as browsers round it. */
const A4 = /\/MediaBox\s*\[\s*0\s+0\s+59[45](\.\d+)?\s+84[12](\.\d+)?\s*\]/;

let site: Site;

beforeAll(async () => {
  site = await openSite();
  const counts = [
    { embassySlug: 'embassy-berlin', country: 'DE', cityKey: 'berlin', shown: 120, counted: 3 },
    { embassySlug: 'embassy-tokyo', country: 'JP', cityKey: 'tokyo', shown: 0, counted: 1 },
  ];
  const data = counts.map((each) => ({ ...each, participant: 'person' }));
  await site.database.write((tx) => tx.tally.createMany({ data }));
});
afterAll(() => site?.close());

describe('the pages of embassies', () => {
  it('are found, may be asked for again, and are not there for an unknown embassy', async () => {
    for (const path of PAGES) {
      const { status, headers } = await site.get(path);
      expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-cache']);
      expect(headers.has('set-cookie')).toBe(false);
      const etag = headers.get('etag') ?? '';
      expect((await site.get(path, { 'if-none-match': etag })).status, path).toBe(304);
    }
    for (const slug of ['embassy-nowhere', '__proto__', '%22%3E%3Cscript%3E', 'EMBASSY-BERLIN']) {
      for (const path of [`/embassies/${slug}`, `/embassies/${slug}/poster`]) {
        const answer = await site.get(path, { accept: 'text/html' });
        expect([path, answer.status]).toEqual([path, 404]);
        expect(await answer.text()).not.toContain('<script>');
      }
    }
  });

  it('lead to a form in which the embassy is chosen', async () => {
    const page = await (await site.get('/embassies/embassy-berlin')).text();
    const [, link = ''] = page.match(/href="(\/send\?embassy=[^"]*)"/) ?? [];
    const form = await (await site.get(link)).text();
    expect(form).toMatch(/<option value="embassy-berlin" selected/);
  });
});

describe.skipIf(!hasChromium).each([
  { size: 'phone', device: NARROW, colorScheme: 'light' },
  { size: 'phone', device: NARROW, colorScheme: 'dark' },
  { size: 'desktop', device: DESKTOP, colorScheme: 'light' },
  { size: 'desktop', device: DESKTOP, colorScheme: 'dark' },
] as const)('on a $size, $colorScheme', ({ device, colorScheme }) => {
  let browser: Chromium;
  beforeAll(async () => {
    browser = await openChromium({ ...device, colorScheme });
  });
  afterAll(() => browser?.close());

  it.each(PAGES.slice(0, 3))('%s is accessible and scrolls one way only', async (path) => {
    const { page, errors } = browser;
    for (const lang of ['en', 'ru']) {
      await page.goto(`${site.url}${path}?lang=${lang}`);
      if (lang === 'en') expect(await violations(page)).toEqual([]);
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect(wide, `${lang} scrolls sideways`).toBe(false);
    }
    expect(errors).toEqual([]);
  });

  it('leads from each mark to its own embassy', async () => {
    const { page } = browser;
    await page.goto(`${site.url}/map?lang=en`);
    const missed = await page.evaluate(missedMarks);
    expect(missed).toEqual([]);
  });
});

describe.skipIf(!hasChromium)('with a keyboard, on paper', () => {
  let browser: Chromium;
  beforeAll(async () => {
    browser = await openChromium(DESKTOP);
  });
  afterAll(() => browser?.close());

  it('reaches an embassy from the map', async () => {
    const { page } = browser;
    await page.goto(`${site.url}/map?lang=en`);
    const name = 'Embassy of Azerbaijan in Berlin, Germany: 123 photos';
    const dot = page.getByRole('link', { name, exact: true });
    await dot.focus();
    expect(await page.evaluate('document.activeElement.closest("a").classList[0]')).toBe('dot');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/embassies/embassy-berlin?lang=en');
    await page.goBack();
    await page.getByRole('link', { name: 'Embassy of Azerbaijan in Berlin', exact: true }).click();
    await page.waitForURL('**/embassies/embassy-berlin?lang=en');
  });

  it('prints the poster on one sheet of A4, all of it, in every language', async () => {
    const { page } = browser;
    for (const lang of LOCALES) {
      for (const path of [`/embassies/${LONGEST}/poster`, '/poster']) {
        await page.goto(`${site.url}${path}?lang=${lang}`);
        expect(await cutOff(page), `${path} in ${lang} on the screen`).toEqual([]);
        await page.emulateMedia({ media: 'print' });
        expect(await cutOff(page), `${path} in ${lang} on paper`).toEqual([]);
        await page.emulateMedia({ media: null });
        const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
        expect(pdf.match(/\/Type\s*\/Page\b/g), `${path} in ${lang}`).toHaveLength(1);
        expect(pdf).toMatch(A4);
      }
    }
  });

  it('prints at a press, where there are scripts', async () => {
    const { page } = browser;
    await page.goto(`${site.url}/poster?lang=en`);
    await page.evaluate('window.print = () => { document.title = "printed"; }');
    await page.getByRole('button', { name: 'Print the poster' }).click();
    expect(await page.title()).toBe('printed');
  });
});

/** Parts of the poster that reach over its edge, or over each other. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const poster = document.querySelector('.poster') as HTMLElement;
    const { right, bottom } = poster.getBoundingClientRect();
    const parts = [...poster.children].map((part) => ({
      name: part.classList[0] ?? part.tagName,
      box: part.getBoundingClientRect(),
      wide: part.scrollWidth > part.clientWidth + 1 && part instanceof HTMLElement,
    }));
    return parts
      .filter(({ box, wide }, index) => {
        const above = parts[index - 1]?.box.bottom ?? 0;
        return wide || box.right > right + 1 || box.bottom > bottom + 1 || box.top < above - 1;
      })
      .map(({ name }) => name);
  });
}

/** The links that are not what a finger in the middle of their mark would press. */
function missedMarks(): string[] {
  const links = [...document.querySelectorAll<SVGAElement>('.map a.dot')];
  if (links.length < 80) return ['no map'];
  return links.flatMap((link) => {
    const mark = link.querySelector<SVGGeometryElement>('.mark');
    mark?.scrollIntoView({ block: 'center' });
    const { x, y } = mark?.getBoundingClientRect() ?? { x: 0, y: 0 };
    const hit: Element | null = document.elementFromPoint(x, y)?.closest('a') ?? null;
    return hit === link ? [] : [`${link.getAttribute('href')} at ${x}, ${y}`];
  });
}

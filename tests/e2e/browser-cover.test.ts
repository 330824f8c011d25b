import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import {
  type Chromium,
  DESKTOP,
  hasChromium,
  NARROW,
  openChromium,
  PHONE,
} from '../support/chromium.ts';
import { coverPage, lendSession } from '../support/cover-page.ts';
import { type Staff, sendPhoto, signIn } from '../support/people.ts';
import { oriented } from '../support/pictures.ts';
import { coveredEdges, openSealed, pixelsOf } from '../support/sealed.ts';
import { type Service, startService } from '../support/service.ts';

const [WIDTH, HEIGHT] = [2000, 1500];

let service: Service;
let staff: Staff;
let browser: Chromium;

beforeAll(async () => {
  service = await startService();
  staff = await signIn(service);
});
afterAll(() => service?.dispose());
afterEach(async () => {
  await browser?.close();
});

async function enter(options: Parameters<typeof openChromium>[0] = PHONE) {
  browser = await openChromium(options);
  await lendSession(browser, service, staff);
  return coverPage(browser.page);
}

async function waiting(exposure = 'shown'): Promise<string> {
  const sent = await sendPhoto(service, await oriented(1, WIDTH, HEIGHT), { exposure });
  return (await sent.json()).id;
}

/** What is painted over in the sealed master, in fractions. */
async function painted(id: string) {
  const master = await openSealed(service, id, 'master');
  const { left, top, right, bottom } = coveredEdges(await pixelsOf(master ?? Buffer.alloc(0)));
  return { left: left / WIDTH, top: top / HEIGHT, right: right / WIDTH, bottom: bottom / HEIGHT };
}

async function expectPainted(id: string, from: [number, number], to: [number, number]) {
  const { left, top, right, bottom } = await painted(id);
  // A pixel of a phone's screen is six of the picture.
  for (const [is, should] of [
    [left, from[0]],
    [top, from[1]],
    [right, to[0]],
    [bottom, to[1]],
  ] as const) {
    expect(Math.abs(is - should)).toBeLessThan(0.006);
  }
}

describe.skipIf(!hasChromium)('the editor of the desk', () => {
  it.each([
    ['mouse', DESKTOP],
    ['finger', PHONE],
  ] as const)('paints what was drawn with the %s', async (means, screen) => {
    const id = await waiting();
    const editor = await enter(screen);
    await editor.open(service, id);
    const draw = means === 'mouse' ? editor.drawByMouse : editor.drawByFinger;
    await draw([0.3, 0.2], [0.6, 0.7]);
    await editor.paint();
    await expectPainted(id, [0.3, 0.2], [0.6, 0.7]);
    expect(await editor.root.getAttribute('open')).toBeNull();
    expect(browser.errors).toEqual([]);
  });

  it('is worked with the keyboard alone', async () => {
    const id = await waiting();
    const editor = await enter();
    const { page } = browser;
    await page.goto(`${service.url}/moderation/submissions/${id}`);
    await editor.root.locator('summary').focus();
    await page.keyboard.press('Enter');
    const reach = async (name: string) => {
      for (let at = 0; at < 40; at += 1) {
        await page.keyboard.press('Tab');
        const target = editor.root.locator(`${name}:focus`);
        if ((await target.count()) > 0) return;
      }
      throw new Error(`${name} is not reached`);
    };
    await reach('[data-part="add"]');
    await page.keyboard.press('Enter');
    // From the middle (0.4 to 0.6) to the left and up, and wider.
    for (let at = 0; at < 10; at += 1) await page.keyboard.press('ArrowLeft');
    for (let at = 0; at < 10; at += 1) await page.keyboard.press('ArrowUp');
    for (let at = 0; at < 5; at += 1) await page.keyboard.press('Shift+ArrowRight');
    await reach('button[type="submit"]');
    await Promise.all([page.waitForURL(/submissions/), page.keyboard.press('Enter')]);
    await expect.poll(() => painted(id).then(({ right }) => right)).toBeCloseTo(0.55, 2);
    await expectPainted(id, [0.3, 0.3], [0.55, 0.5]);
  });

  it('moves, sizes, removes and undoes', async () => {
    const id = await waiting();
    const editor = await enter();
    await editor.open(service, id);
    await editor.drawByMouse([0.1, 0.1], [0.3, 0.3]);
    await editor.drawByMouse([0.2, 0.2], [0.4, 0.5]);
    await editor.drawByMouse([0.8, 0.8], [0.9, 0.9]);
    expect(await editor.part('list').locator('li').count()).toBe(2);
    await editor.part('list').locator('.remove').last().click();
    await editor.part('undo').click();
    expect(await editor.part('list').locator('li').count()).toBe(2);
    await editor.part('list').locator('.remove').last().click();
    await editor.paint();
    // The first was moved by a fifth to the right and three tenths down.
    await expectPainted(id, [0.3, 0.4], [0.5, 0.6]);
  });

  it('draws where one looks when zoomed in, and moves there with the hand', async () => {
    const id = await waiting();
    const editor = await enter();
    await editor.open(service, id);
    const [before] = await editor.onScreen([[1, 1]]);
    await editor.part('zoom-in').click();
    await editor.part('zoom-in').click();
    const [after] = await editor.onScreen([[1, 1]]);
    expect((after?.x ?? 0) - (before?.x ?? 0)).toBeGreaterThan(100);
    await editor.part('hand').click();
    await editor.drawByMouse([0.45, 0.45], [0.55, 0.55]);
    expect(await editor.part('list').locator('li').count()).toBe(0);
    await editor.part('window').evaluate((frame) => {
      Object.assign(frame, { scrollLeft: 0, scrollTop: 0 });
    });
    await editor.part('hand').click();
    await editor.drawByMouse([0.05, 0.05], [0.2, 0.15]);
    await editor.paint();
    await expectPainted(id, [0.05, 0.05], [0.2, 0.15]);
  });

  it('sends nothing before something is drawn', async () => {
    const id = await waiting();
    const editor = await enter();
    await editor.open(service, id);
    await editor.root.locator('button[type="submit"]').click();
    await expect.poll(() => editor.part('cover-status').textContent()).toMatch(/draw an area/);
    expect(browser.page.url()).toContain(id);
  });

  it('lets nobody approve with areas that are drawn and not painted', async () => {
    const id = await waiting();
    const editor = await enter();
    await editor.open(service, id);
    await editor.drawByMouse([0.3, 0.2], [0.6, 0.7]);
    await editor.root.locator('summary').click();
    for (const name of ['flag', 'slogan', 'embassy']) {
      await browser.page.locator(`#see-${name}`).check();
    }
    await browser.page.locator('button[form="approve"]').click();
    await expect.poll(() => editor.part('cover-status').textContent()).toMatch(/not painted over/);
    const { items } = await (
      await staff.get('/api/v1/moderation/submissions?state=waiting')
    ).json();
    expect(items.some((item: { id: string }) => item.id === id)).toBe(true);
    await editor.paint();
    await expectPainted(id, [0.3, 0.2], [0.6, 0.7]);
  });

  it('proposes faces on request, on this device only', async () => {
    const id = await waiting('covered');
    const editor = await enter(DESKTOP);
    await editor.open(service, id);
    const asked = browser.requests.length;
    await editor.part('faces').click();
    await expect
      .poll(() => editor.part('cover-status').textContent(), { timeout: 60_000 })
      .toMatch(/No face was found|Faces proposed/);
    const loaded = browser.requests.slice(asked);
    expect(loaded.some((url) => url.endsWith('blazeface.bin'))).toBe(true);
    expect(loaded.filter((url) => !url.startsWith(service.url))).toEqual([]);
    expect(browser.errors).toEqual([]);
  }, 90_000);

  it('fits a small phone, and axe finds nothing', async () => {
    const id = await waiting('covered');
    const editor = await enter(NARROW);
    await editor.open(service, id);
    await editor.drawByMouse([0.3, 0.2], [0.6, 0.7]);
    await editor.part('zoom-in').click();
    const over = 'document.documentElement.scrollWidth - innerWidth';
    expect(await browser.page.evaluate(over)).toBe(0);
    expect(await violations(browser.page)).toEqual([]);
  });

  it('is a plain form without scripts', async () => {
    const id = await waiting();
    const editor = await enter({ ...PHONE, javaScriptEnabled: false });
    const { page } = browser;
    await page.goto(`${service.url}/moderation/submissions/${id}`);
    await editor.root.locator('summary').click();
    const numbers = { x: '10', y: '20.5', width: '30', height: '25' };
    for (const [name, value] of Object.entries(numbers)) await page.fill(`#field-${name}`, value);
    await editor.root.locator('button[type="submit"]').click();
    await page.waitForURL(new RegExp(`${id}`));
    await expectPainted(id, [0.1, 0.205], [0.4, 0.455]);
  });
});

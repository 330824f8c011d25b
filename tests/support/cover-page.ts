import type { Locator, Page } from 'playwright-core';
import type { Chromium } from './chromium.ts';
import type { Staff } from './people.ts';
import type { Service } from './service.ts';

type Place = readonly [x: number, y: number];

/** The editor of the desk as a moderator meets it. */
export function coverPage(page: Page) {
  const root = page.locator('[data-part="cover-editor"]');
  const part = (name: string): Locator => root.locator(`[data-part="${name}"]`);

  /** Places in fractions of the picture, as they lie on the screen. */
  async function onScreen(places: readonly Place[]) {
    await part('subject').scrollIntoViewIfNeeded();
    const box = await part('stage').boundingBox();
    if (!box) throw new Error('no stage');
    return places.map(([x, y]) => ({ x: box.x + x * box.width, y: box.y + y * box.height }));
  }

  return {
    root,
    part,
    onScreen,

    async open(service: Service, id: string): Promise<void> {
      await page.goto(`${service.url}/moderation/submissions/${id}`);
      await root.locator('summary').click();
      await part('subject').evaluate((img) => (img as unknown as { decode(): unknown }).decode());
    },

    async drawByMouse(from: Place, to: Place): Promise<void> {
      const [start, end] = await onScreen([from, to]);
      if (!start || !end) return;
      await page.mouse.move(start.x, start.y);
      await page.mouse.down();
      await page.mouse.move(end.x, end.y, { steps: 4 });
      await page.mouse.up();
    },

    async drawByFinger(from: Place, to: Place): Promise<void> {
      const [start, end] = await onScreen([from, to]);
      if (!start || !end) return;
      const finger = await page.context().newCDPSession(page);
      const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: object[]) =>
        finger.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints as [] });
      await touch('touchStart', [start]);
      const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 };
      await touch('touchMove', [middle]);
      await touch('touchMove', [end]);
      await touch('touchEnd', []);
    },

    /** Paints over and waits for the page that follows. */
    async paint(): Promise<void> {
      const answer = page.waitForResponse(
        (response) =>
          response.request().method() === 'GET' && response.url().includes('/submissions/'),
      );
      await root.locator('button[type="submit"]').click();
      await answer;
      await page.waitForLoadState();
    },
  };
}

/** Gives a browser the session of a moderator. */
export async function lendSession(browser: Chromium, service: Service, staff: Staff) {
  const [pair = ''] = staff.cookie.split('; ');
  const [name = '', value = ''] = [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)];
  await browser.context.addCookies([{ name, value, url: service.url }]);
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, hasChromium, PHONE } from '../support/chromium.ts';
import { deskPage, openDeskBrowser, serviceWithPhotos } from '../support/desk-page.ts';
import { logOf, openStaff } from '../support/staff-log.ts';
import type { Service } from '../support/service.ts';

const PHOTOS = process.env.CI ? 200 : 24;
/** Of each ten photos this one is rejected: fewer than the brake allows in an hour. */
const REJECTED = 3;
/** Far more than a person would notice: a machine with much else to do is not the page's fault. */
const SLOW_MS = 1_000;

/** Notes for each key that decides how long it takes until another picture is painted. */
const STOPWATCH = `(() => {
  const times = (globalThis.times = []);
  addEventListener('keydown', ({ key }) => {
    const sheet = document.querySelector('[data-part="reject"]');
    if (key !== 'a' && !(sheet?.open && /[1-9]/.test(key))) return;
    const began = performance.now();
    const id = document.querySelector('.single')?.dataset.id;
    const look = () => {
      const single = document.querySelector('.single');
      const picture = single?.querySelector('[data-part="full"] img');
      if (single?.dataset.id === id || (single && !picture?.complete)) requestAnimationFrame(look);
      else requestAnimationFrame(() => times.push(performance.now() - began));
    };
    look();
  }, true);
})()`;

describe.skipIf(!hasChromium)(`${PHOTOS} photos on a phone`, () => {
  let service: Service;
  let browser: Chromium;

  beforeAll(async () => {
    ({ service } = await serviceWithPhotos(PHOTOS));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await service?.dispose();
  });

  it('are decided with keys: nothing goes wrong, nothing is lost, and the next one is there at once', async () => {
    browser = await openDeskBrowser(service, PHONE);
    const { page } = browser;
    const desk = deskPage(page);
    await desk.start();
    await page.evaluate(STOPWATCH);
    const began = Date.now();
    for (let at = 0; at < PHOTOS; at += 1) {
      const id = await desk.id();
      await desk.keys(...(at % 10 === REJECTED ? ['r', '2'] : ['1', '2', '3', 'a']));
      if (at + 1 < PHOTOS) await desk.other(id);
    }
    await page.locator('.queue-head').waitFor({ timeout: 60_000 });
    const seconds = (Date.now() - began) / 1000;

    expect(browser.errors).toEqual([]);
    expect(await page.textContent('h1')).toBe('No photo waits');
    const entries = await logOf(await openStaff(service));
    expect(entries.map(({ decision }) => decision).sort()).toEqual(
      [
        ...Array<string>(PHOTOS - Math.ceil((PHOTOS - REJECTED) / 10)).fill('approved'),
        ...Array<string>(Math.ceil((PHOTOS - REJECTED) / 10)).fill('rejected'),
      ].sort(),
    );
    expect(new Set(entries.map(({ submissionId }) => submissionId)).size).toBe(PHOTOS);
    expect(seconds).toBeLessThan(200);
  }, 240_000);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, hasChromium, PHONE } from '../support/chromium.ts';
import { deskPage, openDeskBrowser, serviceWithPhotos } from '../support/desk-page.ts';
import { sendPhoto } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import type { Service } from '../support/service.ts';
import { logOf } from '../support/staff-log.ts';

const PHOTOS = process.env.CI ? 200 : 24;
/** Sent meanwhile, one after the other, and decided as well. */
const UPLOADS = Math.floor(PHOTOS / 10);
const ALL = PHOTOS + UPLOADS;
/** Of each ten photos this one is rejected: fewer than the brake allows in an hour. */
const REJECTED = 3;
/** Far more than a person would notice: a machine with much else to do is not the page's fault. */
const SLOW_MS = 1_000;

/** A person looks at each photo, if only for a moment. */
const GLANCE_MS = 200;

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

/** Supporters who send photos as phones take them while somebody decides. */
async function sendSome(service: Service): Promise<void> {
  for (let seed = 1; seed <= UPLOADS; seed += 1) {
    const picture = await photo({ width: 2400, height: 1800, seed });
    expect((await sendPhoto(service, picture)).status).toBe(201);
  }
}

function spread(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.floor(part * (sorted.length - 1))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: at(1) };
}

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
    let times: number[] = [];
    const began = Date.now();
    const uploads = sendSome(service);
    for (let at = 0; at < ALL; at += 1) {
      if (at + 1 === PHOTOS) await uploads;
      const id = await desk.id();
      await page.waitForTimeout(GLANCE_MS);
      await desk.keys(...(at % 10 === REJECTED ? ['r', '2'] : ['1', '2', '3', 'a']));
      if (at + 1 === ALL) break;
      await desk.other(id);
      await expect.poll(() => page.evaluate('times.length'), { interval: 20 }).toBe(at + 1);
      // The last one leads away from the page that has measured.
      if (at + 2 === ALL) times = (await page.evaluate('times')) as number[];
    }
    const seconds = (Date.now() - began) / 1000;
    await page.locator('.queue-head').waitFor({ timeout: 60_000 });

    expect(browser.errors).toEqual([]);
    expect(await page.textContent('h1')).toBe('No photo waits');
    const entries = await logOf(service);
    expect(entries.map(({ decision }) => decision).sort()).toEqual(
      [
        ...Array<string>(ALL - Math.ceil((ALL - REJECTED) / 10)).fill('approved'),
        ...Array<string>(Math.ceil((ALL - REJECTED) / 10)).fill('rejected'),
      ].sort(),
    );
    expect(new Set(entries.map(({ submissionId }) => submissionId)).size).toBe(ALL);
    console.info(`${ALL} photos in ${seconds.toFixed(1)} s; ms to the next:`, spread(times));
    expect(seconds).toBeLessThan(200);
    expect(spread(times).p95).toBeLessThan(SLOW_MS);
  }, 600_000);
});

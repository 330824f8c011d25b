import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, hasChromium, PHONE } from '../support/chromium.ts';
import { openDeskBrowser, serviceWithPhotos } from '../support/desk-page.ts';
import type { Service } from '../support/service.ts';
import { logOf } from '../support/staff-log.ts';

const PHOTOS = process.env.CI ? 60 : 24;
/** Of each ten photos this one is rejected: fewer than the brake allows in an hour. */
const REJECTED = 3;

describe.skipIf(!hasChromium)(`${PHOTOS} photos without scripts`, () => {
  let service: Service;
  let browser: Chromium;

  beforeAll(async () => {
    ({ service } = await serviceWithPhotos(PHOTOS));
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await service?.dispose();
  });

  it('are decided with plain forms, each leading to the next', async () => {
    browser = await openDeskBrowser(service, { ...PHONE, javaScriptEnabled: false });
    const { page } = browser;
    await page.click('.start');
    for (let at = 0; at < PHOTOS; at += 1) {
      if (at > 0) expect(await page.textContent('.flash')).toMatch(/1 photo (approved|rejected)/);
      if (at % 10 === REJECTED) {
        await page.click('.decide .sheet > summary');
        await page.click('button[value="no-flag"]');
      } else {
        for (const name of ['flag', 'slogan', 'embassy']) await page.check(`#see-${name}`);
        await page.click('button.approve');
      }
    }
    expect(await page.textContent('h1')).toBe('No photo waits');
    expect(browser.errors).toEqual([]);
    const entries = await logOf(service);
    expect(new Set(entries.map(({ submissionId }) => submissionId)).size).toBe(PHOTOS);
    expect(entries).toHaveLength(PHOTOS);
  }, 600_000);

  it('are not approved before all three criteria are ticked', async () => {
    const { page } = browser;
    await page.goto(`${service.url}/moderation?state=rejected`);
    await page.click('.card .thumb');
    await page.click('.reopen button');
    expect(await page.textContent('.flash')).toContain('waits again');
    await page.goto(`${service.url}/moderation/next`);
    const before = page.url();
    await page.check('#see-flag');
    await page.click('button.approve');
    expect(page.url()).toBe(before);
    expect(await page.locator('#see-slogan:invalid').count()).toBe(1);
  });
});

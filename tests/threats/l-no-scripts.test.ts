import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, hasChromium, NARROW, openChromium } from '../support/chromium.ts';
import { openDeskBrowser } from '../support/desk-page.ts';
import { photo } from '../support/pictures.ts';
import { sendPage } from '../support/send-page.ts';
import { type Service, startService } from '../support/service.ts';

/** As in Tor Browser at "Safest". */
const SAFEST = { ...NARROW, javaScriptEnabled: false } as const;

let folder: string;
let service: Service;
let supporter: Chromium;
let moderator: Chromium;

describe.skipIf(!hasChromium)('without scripts', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'compete-no-scripts-'));
    await writeFile(join(folder, 'photo.jpg'), await photo());
    service = await startService();
    supporter = await openChromium(SAFEST);
    moderator = await openDeskBrowser(service, SAFEST);
  });
  afterAll(async () => {
    await supporter?.close();
    await moderator?.close();
    await service?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('L2 a photo is sent, decided, shown, followed and taken back, and supporters get no cookie', async () => {
    const { page } = supporter;
    await page.goto(`${service.url}/send`);
    await page.setInputFiles('input[name=photo]', join(folder, 'photo.jpg'));
    const send = sendPage(page);
    await send.fill();
    await send.submit();
    const receipt = await send.receipt();

    const desk = moderator.page;
    await desk.reload();
    await desk.locator('a[href*="/moderation/submissions/"]').first().click();
    for (const box of await desk.locator('#approve input[type=checkbox]').all()) {
      await box.press('Space');
    }
    await desk.locator('button[form=approve]').click();

    const listed = async () => {
      await page.goto(`${service.url}/gallery`);
      return page.locator('main a[href^="/gallery/"] img').count();
    };
    await expect.poll(listed).toBe(1);
    await page.goto(`${service.url}/receipt`);
    await page.fill('input[name=receipt]', receipt);
    await page.locator('main form button[type=submit]').first().click();
    await page.locator('form[action^="/receipt/withdrawal"] button[type=submit]').click();
    await page.locator('form[action^="/receipt/withdrawal"] button[type=submit]').click();
    expect(await listed()).toBe(0);
    expect(await supporter.context.cookies()).toEqual([]);
    expect([...supporter.errors, ...moderator.errors]).toEqual([]);
  });
});

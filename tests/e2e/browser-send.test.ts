import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { type Chromium, DESKTOP, hasChromium, NARROW, openChromium } from '../support/chromium.ts';
import { withReceipt } from '../support/people.ts';
import { photo, withTraces } from '../support/pictures.ts';
import { sendPage } from '../support/send-page.ts';
import { type Service, startService } from '../support/service.ts';
import { hasSharedPhotos, readShared } from '../support/shared.ts';

const BUDGET = { bytes: 60_000, requests: 5 };

let service: Service;
let file: Buffer;

beforeAll(async () => {
  service = await startService();
  file = withTraces(await photo({ width: 1600, height: 1200 }));
});

afterAll(() => service?.dispose());

/** Every state of the page is looked at by axe-core on the way. */
describe.skipIf(!hasChromium).each([
  { size: 'phone', device: NARROW, colorScheme: 'light' },
  { size: 'phone', device: NARROW, colorScheme: 'dark' },
  { size: 'desktop', device: DESKTOP, colorScheme: 'light' },
  { size: 'desktop', device: DESKTOP, colorScheme: 'dark' },
] as const)('sending on a $size, $colorScheme', ({ device, colorScheme }) => {
  let browser: Chromium;

  beforeAll(async () => {
    browser = await openChromium({
      ...device,
      colorScheme,
      geolocation: { latitude: 52.5, longitude: 13.4 },
      permissions: ['geolocation', 'clipboard-read', 'clipboard-write'],
    });
  });

  afterAll(() => browser?.close());

  it('goes from the empty form to the receipt', async () => {
    const { page } = browser;
    const send = sendPage(page);
    const check = async (state: string) => {
      expect(await violations(page), state).toEqual([]);
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect(wide, `${state}: scrolls sideways`).toBe(false);
    };

    await send.open(service.url);
    await check('empty');

    await page.locator('[data-part="nearest"]').click();
    await page.waitForFunction("document.querySelector('#field-city').value === 'Berlin'");
    expect(await page.inputValue('#field-embassy')).toBe('embassy-berlin');
    await page.fill('#embassy-search', 'vienn emb');
    expect(await page.inputValue('#field-embassy')).toBe('embassy-vienna');
    expect(await page.inputValue('#field-city')).toBe('Vienna');
    await check('embassy found');

    await send.fill({ exposure: 'covered', city: 'Wien' });
    await send.choose(file);
    const revealed = (await send.part('reveal').textContent()) ?? '';
    expect(revealed).toMatch(/40\.3777° N, 49\.892° E/);
    expect(revealed).toContain('None of this leaves your device.');
    await check('chosen');

    await send.draw([0.2, 0.2], [0.4, 0.5]);
    await send.part('add').click();
    await check('covering');

    await page.fill('#field-name', 'x'.repeat(90));
    await send.submit();
    await page.locator('[data-refused]').waitFor();
    expect(await page.evaluate("document.activeElement.hasAttribute('data-refused')")).toBe(true);
    await check('refused');
    await page.locator('[data-refused] a').click();
    expect(await page.evaluate('document.activeElement.id')).toBe('field-name');
    expect(await page.inputValue('#field-city')).toBe('Wien');
    expect(await page.locator('.area').count()).toBe(2);

    await page.fill('#field-name', 'Aysel');
    await send.submit();
    const receipt = await send.receipt();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
    expect(page.url() + (await page.title())).not.toContain(receipt);
    await page.locator('[data-part="qr"]').click();
    await page.locator('.qr svg').waitFor();
    await page.locator('[data-part="copy"]').click();
    await expect.poll(() => page.evaluate('navigator.clipboard.readText()')).toBe(receipt);
    await check('sent');

    const saved = page.waitForEvent('download');
    await page.locator('[data-part="save"]').click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await saved).createReadStream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toContain(receipt);

    const status = await (await withReceipt(service, receipt)).json();
    expect(status).toMatchObject({ embassy: 'embassy-vienna', city: 'Wien', exposure: 'covered' });
    expect(browser.errors.filter((error) => !error.includes('422'))).toEqual([]);
    const own = (url: string) => url.startsWith(service.url) || /^(blob|data):/.test(url);
    expect(browser.requests.filter((url) => !own(url))).toEqual([]);
    expect(browser.requests.filter((url) => /worker|face-model/.test(url))).toEqual([]);
  });
});

describe.skipIf(!hasChromium)('the page to send', () => {
  let browser: Chromium;

  beforeAll(async () => {
    browser = await openChromium(DESKTOP);
    browser.page.on('dialog', (dialog) => dialog.accept());
  });

  afterAll(() => browser?.close());

  it('is light before a photo is chosen', async () => {
    const session = await browser.context.newCDPSession(browser.page);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await session.send('Network.enable');
    const before = browser.requests.length;
    await browser.page.goto(`${service.url}/send`, { waitUntil: 'networkidle' });
    expect(bytes).toBeGreaterThan(5_000);
    expect(bytes).toBeLessThanOrEqual(BUDGET.bytes);
    expect(browser.requests.length - before).toBeLessThanOrEqual(BUDGET.requests);
  });

  it('is walked through by keyboard alone', async () => {
    const { page } = browser;
    const send = sendPage(page);
    await send.open(service.url);
    /** Tabs on until the focus is where it should be. */
    const reach = async (selector: string) => {
      for (let presses = 0; presses < 80; presses += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return;
      }
      throw new Error(`${selector} is out of reach`);
    };
    await reach('#embassy-search');
    await page.keyboard.type('vienna emb');
    await reach('#field-city');
    expect(await page.inputValue('#field-city')).toBe('Vienna');
    await reach('[name="exposure"]');
    await page.keyboard.press('Space');
    await reach('#field-consent');
    await page.keyboard.press('Space');
    await reach('#field-photo');
    // The dialog to choose a file is the browser's own.
    await send.choose(file);
    await reach('[data-part="toggle"]');
    await page.keyboard.press('Enter');
    await reach('[data-part="add"]');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowUp');
    expect(await send.part('cover-status').textContent()).toBe(
      'Area 1: 42% from the left, 40% from the top, 20% wide, 19% high',
    );
    await page.keyboard.press('Delete');
    expect(await page.locator('.area').count()).toBe(0);
    await reach('[data-part="undo"]');
    await page.keyboard.press('Enter');
    expect(await page.locator('.area').count()).toBe(1);
    await reach('form button[type="submit"]');
    await page.keyboard.press('Enter');
    await send.receipt();
    await reach('[data-part="copy"]');
  });

  it.skipIf(!hasSharedPhotos)(
    'proposes faces, which a person decides about',
    async () => {
      const { page } = browser;
      const send = sendPage(page);
      await send.open(service.url);
      await send.fill();
      await send.choose(readShared('faces/two-presidents.jpg'));
      await send.part('toggle').click();
      await send.part('faces').click();
      await page.locator('.area.proposed').first().waitFor({ timeout: 90_000 });
      expect(await page.locator('.area.proposed').count()).toBeGreaterThanOrEqual(2);
      expect(await violations(page)).toEqual([]);
      await send.submit();
      expect(await page.locator('.receipt-code').count()).toBe(0);
      expect(await page.evaluate('document.activeElement.dataset.part')).toBe('keep');
      await page.keyboard.press('Enter');
      expect(await page.locator('.area.proposed').count()).toBe(0);
      await send.submit();
      await send.receipt();
    },
    120_000,
  );

  it.skipIf(!hasSharedPhotos)(
    'opens a HEIC that the browser cannot',
    async () => {
      const send = sendPage(browser.page);
      await send.open(service.url);
      await send.fill();
      await send.choose(readShared('valid/iphonexsmax-gps.heic'), 'IMG.HEIC');
      expect(await send.part('seen').isVisible()).toBe(true);
      expect(await send.part('reveal').textContent()).toContain('°');
      await send.submit();
      const status = await (await withReceipt(service, await send.receipt())).json();
      expect(status.photo.removed).not.toContain('gps');
    },
    90_000,
  );
});

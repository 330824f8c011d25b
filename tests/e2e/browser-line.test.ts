import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { type Chromium, hasChromium, openChromium, PHONE } from '../support/chromium.ts';
import { type CutLine, openCutLine } from '../support/cut-line.ts';
import { signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { sendPage } from '../support/send-page.ts';
import { type Service, startService } from '../support/service.ts';

/** 400 kbit/s, 400 ms. By the browser itself: behind a socket the system's buffers hide it. */
const SLOW = { uploadThroughput: 50_000, downloadThroughput: 50_000, latency: 400, offline: false };
const FAST = { uploadThroughput: -1, downloadThroughput: -1, latency: 0, offline: false };
/** The longest the page may stand still; the longest wait between two tries is said in seconds. */
const LONGEST_STILL_MS = 10_000;

let service: Service;
let browser: Chromium;
let line: CutLine | undefined;

beforeAll(async () => {
  service = await startService();
  if (!hasChromium) return;
  browser = await openChromium(PHONE);
  browser.page.on('dialog', (dialog) => dialog.accept());
});

afterAll(async () => {
  await browser?.close();
  await line?.close();
  await service?.dispose();
});

async function waiting(): Promise<number> {
  const staff = await signIn(service);
  return (await (await staff.get('/api/v1/moderation/submissions')).json()).total;
}

/** Opens the page over a line of this kind, filled in, with a photo. */
async function prepare(file: Buffer, options?: Parameters<typeof openCutLine>[1]) {
  await line?.close();
  line = await openCutLine(service.url, options);
  const send = sendPage(browser.page);
  await send.open(line.url);
  await send.fill();
  await send.choose(file);
  return { send, line };
}

describe.skipIf(!hasChromium)('a photo on its way', () => {
  it('arrives once over a slow line that is cut three times, and the page never looks frozen', async () => {
    const file = await photo({ width: 6000, height: 4500, grain: true });
    expect(file.length).toBeGreaterThan(8_000_000);
    const { send, line } = await prepare(file, { cutAfter: 200_000, cuts: 3 });
    const session = await browser.context.newCDPSession(browser.page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', SLOW);
    const before = await waiting();
    // Everything the page shows while it sends, and when.
    await browser.page.evaluate(`(() => {
      const seen = globalThis.seen = [];
      setInterval(() => {
        const bar = document.querySelector('progress');
        const status = document.querySelector('.sending [data-part=status]');
        if (bar) seen.push([performance.now(), bar.getAttribute('value') + status.textContent]);
      }, 100);
    })()`);
    line.hangUp();
    await send.submit();
    await send.receipt(170_000);
    await session.send('Network.emulateNetworkConditions', FAST);
    expect(line.cuts()).toBe(3);
    expect((await waiting()) - before).toBe(1);
    const seen = (await browser.page.evaluate('seen')) as [number, string][];
    expect(longestStill(seen)).toBeLessThan(LONGEST_STILL_MS);
    expect(seen.some(([, text]) => text.includes('The connection broke'))).toBe(true);
    expect(seen.some(([, text]) => text.includes('50% sent'))).toBe(true);
  }, 240_000);

  it('waits while the device is offline', async () => {
    const { send } = await prepare(await photo({ seed: 2 }));
    await browser.context.setOffline(true);
    await send.submit();
    const status = browser.page.locator('.sending [data-part="status"]');
    await expect.poll(() => status.textContent()).toMatch(/^You are offline/);
    expect(await violations(browser.page)).toEqual([]);
    await browser.context.setOffline(false);
    await send.receipt();
  });

  it('survives a reload, and is erased when it has arrived', async () => {
    const { page } = browser;
    const before = await waiting();
    const { send, line } = await prepare(await photo({ seed: 3 }), { cutAfter: 30_000, cuts: 99 });
    await send.submit();
    await send.part('now').waitFor();
    await page.reload();
    await page.locator('#unsent-title').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('[data-part="text"]').first().textContent()).toContain('Wien');
    line.heal();
    await send.part('continue').click();
    await send.receipt();
    expect(line.cuts()).toBeGreaterThanOrEqual(1);
    expect((await waiting()) - before).toBe(1);
    await send.open(line.url);
    await page.waitForTimeout(300);
    expect(await page.locator('#unsent-title').count()).toBe(0);
  });

  it('is kept nowhere once it was cancelled or erased', async () => {
    const { page } = browser;
    const { send, line } = await prepare(await photo({ seed: 4 }), { cutAfter: 30_000, cuts: 99 });
    await send.submit();
    await send.part('now').waitFor();
    await send.part('cancel').click();
    await page.getByText('Sending was cancelled').waitFor();
    expect(await page.inputValue('#field-city')).toBe('Wien');
    await send.submit();
    await send.part('now').waitFor();
    await page.reload();
    await page.locator('#unsent-title').waitFor();
    await send.part('discard').click();
    await page.getByText('It was erased from this device.').waitFor();
    await send.open(line.url);
    await page.waitForTimeout(300);
    expect(await page.locator('#unsent-title').count()).toBe(0);
  });
});

function longestStill(seen: readonly [number, string][]): number {
  let longest = 0;
  let [since, shown] = seen[0] ?? [0, ''];
  for (const [at, text] of seen) {
    if (text !== shown) [since, shown] = [at, text];
    longest = Math.max(longest, at - since);
  }
  return longest;
}

import type { CDPSession } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { type Chromium, DESKTOP, hasChromium, NARROW, openChromium } from '../support/chromium.ts';
import { type Service, startService } from '../support/service.ts';

/** What a phone has: keys of its own, behind finger or face. */
const PHONE_KEYS = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;
const ADA = 'ada@example.org';

let service: Service;
let base: string;
let chrome: Chromium;

/** Browsers give passkeys to names only: the service is called by its name here. */
async function start(environment: Record<string, string> = {}): Promise<void> {
  service = await startService({ PUBLIC_URL: 'http://localhost:{port}', ...environment });
  base = service.url.replace('127.0.0.1', 'localhost');
}

afterEach(async () => {
  await chrome?.close();
  await service?.dispose();
});

async function addAuthenticator(): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await chrome.context.newCDPSession(chrome.page);
  await cdp.send('WebAuthn.enable');
  const options = { options: PHONE_KEYS };
  return { cdp, ...(await cdp.send('WebAuthn.addVirtualAuthenticator', options)) };
}

/** Uses a link of the command line, as from a mail. */
async function useLink(address = ADA): Promise<void> {
  const { page } = chrome;
  await page.goto(await service.command('moderator', 'sign-in', address));
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function addPasskey(name = 'My phone'): Promise<void> {
  const { page } = chrome;
  await page.getByLabel('Name of the new passkey').fill(name);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
}

const button = (name: string) => chrome.page.getByRole('button', { name });

describe.runIf(hasChromium)('passkeys in a browser', () => {
  beforeEach(async () => {
    await start();
    chrome = await openChromium(DESKTOP);
  });

  it('are added, asked for after the link, used alone, and removed', async () => {
    const { page } = chrome;
    await addAuthenticator();
    await useLink();
    await page.waitForURL(`${base}/moderation`);
    await page.goto(`${base}/moderation/account`);
    await addPasskey();
    await page.waitForURL('**/account?done=passkey-added');
    expect(await page.locator('#passkeys li').innerText()).toContain('My phone');

    await button('Sign out').click();
    await useLink();
    await page.waitForURL(`${base}/moderation/sign-in`);
    await button('Confirm with a passkey').click();
    await page.waitForURL(`${base}/moderation`);

    await button('Sign out').click();
    await button('Sign in with a passkey').click();
    await page.waitForURL(`${base}/moderation`);
    expect(await page.locator('.who').innerText()).toContain(ADA);

    await page.goto(`${base}/moderation/account`);
    await page.locator('#passkeys summary').click();
    await button('Yes, remove it').click();
    await page.waitForURL('**/account?done=passkey-removed');
    await button('Sign out').click();
    await useLink();
    await page.waitForURL(`${base}/moderation`);
    expect(chrome.errors).toEqual([]);
  });

  it('say why when the device refuses, and work at the second try', async () => {
    const { page } = chrome;
    const { cdp, authenticatorId } = await addAuthenticator();
    await useLink();
    await page.goto(`${base}/moderation/account`);
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await addPasskey();
    const status = page.locator('[data-part="passkey-status"]');
    await expect.poll(() => status.innerText()).toContain('Nothing was changed');
    await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true });
    await button('Add a passkey').click();
    await page.waitForURL('**/account?done=passkey-added');
    await addPasskey('The same');
    await expect.poll(() => status.innerText()).toContain('here already');
  });

  it('are refused at the door when the service does not know them', async () => {
    const { page } = chrome;
    await addAuthenticator();
    await useLink();
    await page.goto(`${base}/moderation/account`);
    await addPasskey();
    await page.waitForURL('**/account?done=passkey-added');
    await service.command('moderator', 'reset', ADA);
    await page.goto(`${base}/moderation/sign-in`);
    await button('Sign in with a passkey').click();
    const status = page.locator('[data-part="passkey-status"]');
    await expect.poll(() => status.innerText()).toContain('It may be unknown here');
  });
});

describe.runIf(hasChromium)('where passkeys are required', () => {
  it('somebody new adds one with the keyboard alone, and then works', async () => {
    await start({ REQUIRE_PASSKEYS: 'true' });
    chrome = await openChromium(NARROW);
    const { page } = chrome;
    await addAuthenticator();
    await useLink('bo@example.org');
    await page.waitForURL(`${base}/moderation/sign-in`);
    expect(await page.locator('h1').innerText()).toBe('Add a passkey first');
    expect(await violations(page)).toEqual([]);
    await tabTo('#field-name');
    await page.keyboard.type('Key');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${base}/moderation`);
  });
});

describe.runIf(hasChromium)('without scripts', () => {
  it('the pages say what passkeys need, and the mailed link lets in', async () => {
    await start();
    chrome = await openChromium({ ...NARROW, javaScriptEnabled: false });
    const { page } = chrome;
    await page.goto(`${base}/moderation/sign-in`);
    expect(await page.locator('main').innerText()).toContain('do not work without JavaScript');
    expect(await button('Sign in with a passkey').count()).toBe(0);
    await useLink();
    await page.waitForURL(`${base}/moderation`);
    await page.goto(`${base}/moderation/people`);
    const bo = page.locator('li.person', { hasText: 'bo@example.org' });
    await bo.locator('summary', { hasText: 'Remove' }).click();
    await bo.getByRole('button', { name: 'Yes, remove bo@example.org' }).click();
    await page.waitForURL('**/people?done=removed');
    await page.getByLabel('E-mail address').fill('cy@example.org');
    await button('Invite').click();
    await page.waitForURL('**/people?done=invited');
    expect(await page.locator('li.person').count()).toBe(2);
  });
});

describe.runIf(hasChromium)('the pages of people and account', () => {
  it.each([
    ['a small phone', NARROW],
    ['a desk', DESKTOP],
  ])('fit %s, and every thing on them is reached by keyboard and reads well', async (_, size) => {
    await start();
    chrome = await openChromium(size);
    const { page } = chrome;
    await addAuthenticator();
    await useLink();
    await page.waitForURL(`${base}/moderation`);
    for (const path of ['/moderation/people', '/moderation/account', '/moderation/sign-in']) {
      await page.goto(base + path);
      for (const summary of await page.locator('details.confirm summary').all()) {
        await summary.focus();
        await page.keyboard.press('Enter');
      }
      expect(await violations(page), path).toEqual([]);
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page), `${path} ${colorScheme}`).toEqual([]);
      }
      const [wide, tight] = await page.evaluate(() => [
        document.documentElement.scrollWidth - innerWidth,
        [...document.querySelectorAll('main button, main summary, header a, header button')]
          .filter((each) => each.checkVisibility() && each.getBoundingClientRect().height < 43.5)
          .map((each) => each.textContent),
      ]);
      expect(wide, path).toBeLessThanOrEqual(0);
      expect(tight, path).toEqual([]);
    }
    await page.goto(`${base}/moderation/people`);
    await tabTo('#field-email');
    await page.keyboard.type('cy@example.org');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/people?done=invited');
    expect(chrome.errors).toEqual([]);
  });
});

/** Goes on with the tabulator until the element has the focus. */
async function tabTo(selector: string): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await chrome.page.keyboard.press('Tab');
    if (await chrome.page.evaluate((it) => document.activeElement?.matches(it), selector)) return;
  }
  throw new Error(`${selector} is not reached`);
}

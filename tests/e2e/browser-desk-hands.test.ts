import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe.ts';
import { type Chromium, DESKTOP, hasChromium, NARROW } from '../support/chromium.ts';
import { deskPage, openDeskBrowser, serviceWithPhotos, soon } from '../support/desk-page.ts';
import type { Service } from '../support/service.ts';
import { logOf } from '../support/staff-log.ts';

let service: Service;
let planted: string[] = [];

beforeAll(async () => {
  if (hasChromium) ({ service, ids: planted } = await serviceWithPhotos(14, 1));
}, 120_000);

afterAll(() => service?.dispose());

const actsOf = async (id: string | null) =>
  (await logOf(service))
    .filter(({ submissionId }) => submissionId === id)
    .map(({ decision }) => decision)
    .reverse();

describe.skipIf(!hasChromium)('the desk in the hands of one person', () => {
  let browser: Chromium;
  let page: Page;
  let desk: ReturnType<typeof deskPage>;

  beforeAll(async () => {
    browser = await openDeskBrowser(service, DESKTOP);
    page = browser.page;
    desk = deskPage(page);
    await desk.start();
  });

  afterAll(() => browser?.close());

  it('takes a decision back with one key, and lets it be made anew', async () => {
    const id = await desk.id();
    await page.waitForTimeout(500);
    await desk.keys('Shift+A');
    await desk.other(id);
    expect(await desk.said()).toBe('Approved: Wien');
    await desk.keys('u');
    await soon(() => desk.id()).toBe(id);
    expect(await desk.said()).toBe('Taken back: Wien');
    expect(await page.locator('.toggle :checked').count()).toBe(0);
    await desk.keys('r', '2');
    await desk.other(id);
    await soon(() => desk.unsent()).toBe(0);
    expect(await page.locator('.desk-failures li').count()).toBe(0);
    const acts = await actsOf(id);
    // Taken back before it had left, it was never made.
    expect([['approved', 'reopened', 'rejected'], ['rejected']]).toContainEqual(acts);
  });

  it('does not approve what is not ticked, and says what is missing', async () => {
    const id = await desk.id();
    await desk.keys('1', '3', 'a');
    expect(await desk.id()).toBe(id);
    expect(await desk.said()).toBe('Not ticked yet: Slogan');
    expect(await page.textContent('[data-part="means"]')).toBe('Not ticked yet: Slogan');
    await page.click('button.approve');
    expect(await desk.id()).toBe(id);
    expect(await actsOf(id)).toEqual([]);
  });

  it('approves with one press of the button that says so, but not with two at once', async () => {
    await desk.keys('1', '3');
    expect(await page.textContent('[data-part="means"]')).toBe('I see all three');
    const id = await desk.id();
    await page.dblclick('button.approve');
    await desk.other(id);
    expect(await desk.said()).toContain('That was very quick');
    await soon(() => actsOf(id)).toEqual(['approved']);
    expect(await actsOf(await desk.id())).toEqual([]);
  });

  it('leaves keys alone in fields, with modifiers, and when they are switched off', async () => {
    const id = await desk.id();
    await page.click('.decide .sheet > summary');
    await page.click('.words summary');
    await page.fill('#field-note', '');
    await page.type('#field-note', 'a1r2u');
    expect(await page.inputValue('#field-note')).toBe('a1r2u');
    await page.locator('h1').focus();
    await desk.keys('Control+1', 'Alt+2', 'Escape');
    expect(await page.locator('.sheet[open]').count()).toBe(0);
    await desk.keys('?');
    expect(await page.locator('#keys').isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.click('label[for="keys-on"]');
    await page.click('#keys button');
    await desk.keys('1', '2', '3', 'a', 'j', 'r', '?');
    expect(await page.locator('dialog[open], .sheet[open], .toggle :checked').count()).toBe(0);
    expect(await desk.id()).toBe(id);
    await page.reload();
    await desk.keys('1');
    expect(await page.locator('.toggle :checked').count()).toBe(0);
    await page.click('[data-part="open-keys"]');
    await page.click('label[for="keys-on"]');
    await page.click('#keys button');
    await desk.keys('1');
    expect(await page.locator('.toggle :checked').count()).toBe(1);
  });

  it('moves with arrows and with the ways back and forth of the browser', async () => {
    const first = await desk.id();
    await desk.keys('j');
    await desk.other(first);
    const second = await desk.id();
    await desk.keys('ArrowLeft');
    await soon(() => desk.id()).toBe(first);
    await page.goBack();
    await soon(() => desk.id()).toBe(second);
    expect(page.url()).toContain(second);
    await desk.keys('f');
    await page.locator('.full-size img').waitFor();
    await desk.keys('f');
    expect(await page.locator('dialog[open]').count()).toBe(0);
  });

  it('decides about many at once, with one summary and one way back', async () => {
    await page.goto(`${service.url}/moderation`);
    const boxes = page.locator('[name="pick"]');
    await page.locator('.card .option label').nth(0).click();
    await boxes.nth(3).focus();
    await page.keyboard.press('Shift+Space');
    expect(await page.textContent('[data-part="picked"]')).toBe('Picked: 4');
    const ids = await page
      .locator('.card:has(:checked)')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-id')));
    await page.click('.bulk-acts .sheet:last-child > summary');
    for (const name of ['flag', 'slogan', 'embassy']) await page.click(`label[for="bulk-${name}"]`);
    await page.click('[value="approve"]');
    expect(await page.textContent('.flash')).toContain('4 photos approved.');
    await desk.keys('u');
    await page.getByText('4 photos wait again.').waitFor();
    for (const id of ids) expect(await actsOf(id)).toEqual(['approved', 'reopened']);
  });

  it('goes back from the list to the photo that was decided about last', async () => {
    await page.goto(`${service.url}/moderation/next`);
    const id = await desk.id();
    await desk.keys('r', '1');
    await desk.other(id);
    await soon(() => desk.unsent()).toBe(0);
    await page.click('[data-part="back"]');
    await page.locator('.queue-head').waitFor();
    expect(await page.locator(`.card[data-id="${id}"]`).count()).toBe(0);
    await desk.keys('u');
    await soon(() => desk.id()).toBe(id);
    expect(await page.locator('.single').getAttribute('data-state')).toBe('waiting');
    await soon(async () => (await actsOf(id)).slice(-2)).toEqual(['rejected', 'reopened']);
  });

  it('listens to the place of a key where the keyboard writes another script', async () => {
    const id = await desk.id();
    for (const [key, code] of [
      ['к', 'KeyR'],
      ['é', 'Digit2'],
    ]) {
      await page.evaluate(`document.body.dispatchEvent(
        new KeyboardEvent('keydown', { key: '${key}', code: '${code}', bubbles: true }))`);
    }
    await desk.other(id);
    expect(await desk.said()).toBe('Rejected: Wien (No rainbow flag)');
  });

  it('takes nobody’s word that faces are covered but that of the box for it', async () => {
    const id = planted.at(-1);
    await page.goto(`${service.url}/moderation/submissions/${id}`);
    await page.waitForTimeout(500);
    await desk.keys('Shift+A');
    expect(await desk.said()).toBe('Not ticked yet: Every face is covered');
    await page.reload();
    await page.waitForTimeout(500);
    await page.click('button.approve');
    expect(await desk.id()).toBe(id);
    await desk.keys('4', 'a');
    await soon(() => actsOf(id ?? '')).toEqual(['approved']);
  });

  it('had no errors', () => expect(browser.errors).toEqual([]));
});

describe.skipIf(!hasChromium).each([true, false])('the desk with scripts: %s', (scripts) => {
  it('has no sideways scroll at 320 px and nothing that axe-core finds wrong, light and dark', async () => {
    const browser = await openDeskBrowser(service, NARROW);
    const { page } = browser;
    // Scripts that do not load are none, and still let axe-core in.
    if (!scripts) await page.route(/\/assets\/moderator/, (route) => route.abort());
    for (const viewport of [NARROW.viewport, DESKTOP.viewport]) {
      await page.setViewportSize(viewport);
      for (const path of ['', '?view=list', '?state=rejected', '/next']) {
        await page.goto(`${service.url}/moderation${path}`);
        if (path === '/next') await page.click('.decide .sheet > summary');
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await violations(page), `${path} ${colorScheme}`).toEqual([]);
        }
        expect(await deskPage(page).tooWide(), path).toBe(0);
      }
    }
    await browser.close();
  });

  it('is done by keyboard alone, without the keys of its own', async () => {
    const browser = await openDeskBrowser(service, NARROW);
    const { page } = browser;
    if (!scripts) await page.route(/\/assets\/moderator/, (route) => route.abort());
    else await page.evaluate(`localStorage.setItem('desk-keys', 'off')`);
    await page.goto(`${service.url}/moderation/next`);
    const id = await deskPage(page).id();
    for (const name of ['flag', 'slogan', 'embassy']) {
      await tabTo(page, `#see-${name}`);
      await page.keyboard.press('Space');
    }
    await tabTo(page, 'button.approve');
    await page.keyboard.press('Enter');
    await deskPage(page).other(id);
    await soon(async () => (await actsOf(id)).at(-1)).toBe('approved');
    const next = await deskPage(page).id();
    await tabTo(page, '.decide .sheet > summary');
    await page.keyboard.press('Enter');
    await tabTo(page, 'button[value="quality"]');
    await page.keyboard.press('Enter');
    await deskPage(page).other(next);
    await soon(async () => (await actsOf(next)).at(-1)).toBe('rejected');
    await browser.close();
  });
});

/** Presses Tab until the focus is there. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate(`document.activeElement?.matches('${selector}') ?? false`);
    if (there) return;
  }
  throw new Error(`Tab never comes to ${selector}`);
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, DESKTOP, hasChromium, PHONE } from '../support/chromium.ts';
import { deskPage, openDeskBrowser, serviceWithPhotos, soon } from '../support/desk-page.ts';
import type { Service } from '../support/service.ts';
import { logOf } from '../support/staff-log.ts';

const BO = 'bo@example.org';
const DECISIONS = /\/(approval|rejection|reopening)$/;

describe.skipIf(!hasChromium)('two moderators at once', () => {
  let service: Service;
  let ids: string[];
  let [ada, bo]: Chromium[] = [];

  beforeAll(async () => {
    ({ service, ids } = await serviceWithPhotos(9));
    ada = await openDeskBrowser(service, PHONE);
    bo = await openDeskBrowser(service, DESKTOP, BO);
  }, 120_000);

  afterAll(async () => {
    await ada?.close();
    await bo?.close();
    await service?.dispose();
  });

  /** Both, with what helps to drive them. */
  function both() {
    if (!ada || !bo) throw new Error('no browsers');
    return { ada: ada.page, bo: bo.page, desk: deskPage(ada.page), desk2: deskPage(bo.page) };
  }
  const address = (id = '') => `${service.url}/moderation/submissions/${id}?state=waiting`;
  const entriesOf = async (id = '') =>
    (await logOf(service)).filter(({ submissionId }) => submissionId === id);

  it('see who has a photo open, in the list without a reload and on the photo', async () => {
    const { ada, bo } = both();
    const card = bo.locator(`.card[data-id="${ids[0]}"]`);
    await card.waitFor();
    await ada.goto(address(ids[0]));
    await card.locator('.claimed').waitFor();
    expect(await card.locator('.claimed').textContent()).toBe('ada@example.org has it open');
    await bo.goto(address(ids[0]));
    expect(await bo.textContent('[data-part="claimed"]')).toContain('ada@example.org');
    await bo.goto(`${service.url}/moderation/next`);
    expect(await deskPage(bo).id()).not.toBe(ids[0]);
  });

  it('are told at once when the other one decides about the photo they look at', async () => {
    const { ada, bo, desk } = both();
    await ada.goto(address(ids[1]));
    await bo.goto(address(ids[1]));
    await deskPage(bo).keys('r', '4');
    await soon(() => desk.said()).toBe(`${BO} has just decided about this photo: Not accepted`);
    expect(await ada.locator('.single').getAttribute('data-state')).toBe('rejected');
    expect(await ada.textContent('.about')).toContain('Embassy not recognisable');
  });

  it('learn who was faster when their decision comes too late, and it changes nothing', async () => {
    const { ada, bo } = both();
    await ada.goto(address(ids[2]));
    await bo.goto(address(ids[2]));
    await bo.waitForTimeout(500);
    await ada.context().setOffline(true);
    await deskPage(bo).keys('r', '1');
    await soon(async () => (await entriesOf(ids[2])).length).toBe(1);
    await deskPage(ada).keys('1', '2', '3', 'a');
    await ada.context().setOffline(false);
    const failure = ada.locator('.desk-failures li');
    await failure.waitFor();
    expect(await failure.textContent()).toContain(
      `Wien: ${BO} decided before you. It is now: Not accepted`,
    );
    expect(await failure.locator('a').getAttribute('href')).toContain(ids[2]);
    expect(await entriesOf(ids[2])).toHaveLength(1);
    await failure.locator('button').click();
    expect(await failure.count()).toBe(0);
  });

  it('lose nothing that was decided while the line was gone, and send it once', async () => {
    const { ada, desk } = both();
    await ada.goto(address(ids[3]));
    await soon(() => prefetched(ada)).toBeGreaterThan(1);
    await ada.context().setOffline(true);
    const decided: (string | null)[] = [];
    for (let at = 0; at < 2; at += 1) {
      const id = await desk.id();
      decided.push(id);
      await desk.keys('1', '2', '3', 'a');
      await desk.other(id);
    }
    await soon(() => ada.textContent('[data-part="way"]')).toBe(
      'You are offline. Decisions kept here: 2',
    );
    await ada.context().setOffline(false);
    await soon(() => desk.unsent()).toBe(0);
    for (const id of decided) expect(await entriesOf(id ?? '')).toHaveLength(1);
    expect(await ada.textContent('[data-part="way"]')).toBe('');
  });

  it('keep it over a reload, and a lost answer decides nothing twice', async () => {
    const { ada, desk } = both();
    // The decision arrives, its answer never does.
    await ada.route(DECISIONS, async (route) => {
      await route.fetch().catch(() => undefined);
      await route.abort();
    });
    await ada.goto(`${service.url}/moderation/next`);
    const id = await desk.id();
    await desk.keys('r', '3');
    await soon(async () => (await entriesOf(id ?? '')).length).toBe(1);
    ada.on('dialog', (dialog) => void dialog.accept());
    expect(await desk.unsent()).toBe(1);
    await ada.unroute(DECISIONS);
    await ada.reload();
    await soon(() => desk.unsent()).toBe(0);
    expect(await entriesOf(id ?? '')).toHaveLength(1);
    expect(await ada.locator('.desk-failures li').count()).toBe(0);
  });

  it('keep it when the session ends, and send it after signing in again', async () => {
    const { ada: page, desk } = both();
    await page.goto(`${service.url}/moderation/next`);
    await soon(() => prefetched(page)).toBeGreaterThan(0);
    const id = await desk.id();
    // The answer to a page that is being fetched ahead brings the cookie back.
    await soon(async () => {
      await page.context().clearCookies();
      await page.waitForTimeout(500);
      return (await page.context().cookies()).length;
    }).toBe(0);
    await desk.keys('r', '3');
    await soon(() => page.textContent('[data-part="way"]')).toContain(
      'Your session has ended. Decisions kept here: 1',
    );
    expect(await page.locator('[data-part="way"] a').getAttribute('href')).toBe(
      '/moderation/sign-in',
    );
    await page.goto(await service.command('moderator', 'sign-in', 'ada@example.org'));
    await page.click('main form button[type="submit"]');
    await soon(() => desk.unsent()).toBe(0);
    expect(await entriesOf(id ?? '')).toHaveLength(1);
  });
});

/** Pages that were fetched ahead. */
function prefetched(page: { evaluate(script: string): Promise<unknown> }): Promise<unknown> {
  return page.evaluate(`performance.getEntriesByType('resource')
    .filter(({ name }) => name.includes('/moderation/submissions/') && name.includes('/photo/960'))
    .length`);
}

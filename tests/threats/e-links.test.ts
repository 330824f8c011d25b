import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Chromium, hasChromium, openChromium } from '../support/chromium.ts';
import { ask, eventually } from '../support/http.ts';
import { type Staff, sendPhoto, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { type ReceivedMail, type SmtpServer, startSmtp } from '../support/smtp.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const AGENTS = ['SafeLinks/1.0', 'BarracudaCentral', 'Proofpoint URL Defense'];

let smtp: SmtpServer;
let service: Service;
let staff: Staff;
/** The browser in which somebody asked for a link. */
let asking: string;

beforeAll(async () => {
  smtp = await startSmtp();
  service = await startService({ SMTP_URL: smtp.url, DIGEST_MINUTES: '0' });
  staff = await signIn(service);
  const fields = { email: 'supporter@example.net' };
  const [waits, decided] = [await photo({ seed: 1 }), await photo({ seed: 2 })];
  expect((await sendPhoto(service, waits)).status).toBe(201);
  const { id } = await (await sendPhoto(service, decided, fields)).json();
  const order = { version: 2, reason: 'no-flag' };
  await staff.post(`/api/v1/moderation/submissions/${id}/rejection`, order);
  const evil = { host: 'evil.example', 'x-forwarded-host': 'evil.example' };
  await invite('cy@example.org', evil);
  const page = await ask(`${service.url}/moderation/sign-in`);
  asking = String(page.headers['set-cookie']).split(';')[0] ?? '';
  const headers = { ...FORM, ...evil, cookie: asking };
  const body = 'email=bo%40example.org';
  await ask(`${service.url}/moderation/sign-in`, { method: 'POST', headers, body });
  await eventually(async () => {
    const told = new Set(smtp.messages.map(({ to }) => to[0]));
    return told.size === 4 && linkOf('sign-in?token=');
  });
});
afterAll(async () => {
  await service?.dispose();
  await smtp?.stop();
});

function invite(email: string, headers: Record<string, string>) {
  return ask(`${service.url}/moderation/people`, {
    method: 'POST',
    headers: { ...FORM, ...headers, cookie: staff.cookie, 'x-csrf-token': staff.csrf },
    body: new URLSearchParams({ email }).toString(),
  });
}

/** Each address in a mail, whatever part it stands in. */
const linksIn = ({ text, html }: ReceivedMail) =>
  (text + html).replaceAll('&amp;', '&').match(/https?:\/\/[^\s"'<>)]+/g) ?? [];
const links = () => [...new Set(smtp.messages.flatMap(linksIn))];
const linkOf = (part: string) => links().find((link) => link.includes(part));

/** What must be as it was, whoever opens a link. */
async function state() {
  const read = async (path: string) => (await staff.get(path)).json();
  const queue = async (state: string) =>
    (await read(`/api/v1/moderation/submissions?state=${state}`)).items.map(
      ({ id, version }: { id: string; version: number }) => [id, version],
    );
  const people = await (await staff.get('/moderation/people')).text();
  return {
    waiting: await queue('waiting'),
    rejected: await queue('rejected'),
    log: (await read('/api/v1/moderation/log?limit=1')).items[0].number,
    people: people.match(/[\w.]+@[\w.]+/g),
    mails: smtp.messages.length,
  };
}

describe('the links in mails', () => {
  it('E13 lead to the address of the settings, whatever host was asked', () => {
    expect(links().length).toBeGreaterThan(3);
    expect(links().filter((link) => !link.startsWith(`${service.url}/`))).toEqual([]);
    const headers = smtp.messages.flatMap((mail) => mail.headers.map(({ value }) => value));
    expect(headers.join()).not.toContain('evil.example');
  });

  it('E1 are looked at by scanners as often as they like', async () => {
    const before = await state();
    for (const link of links()) {
      for (const method of ['GET', 'HEAD']) {
        for (const agent of AGENTS) {
          for (let time = 0; time < 5; time++) {
            const { status } = await ask(link, { method, headers: { 'user-agent': agent } });
            expect(status, link).toBeLessThan(500);
          }
        }
      }
    }
    expect(await state()).toEqual(before);
  });

  describe.skipIf(!hasChromium)('in a browser', () => {
    let browser: Chromium;
    beforeAll(async () => {
      browser = await openChromium();
    });
    afterAll(() => browser?.close());

    it('E2 do nothing though scripts run, every form is sent and every button is pressed', async () => {
      const { page } = browser;
      const before = await state();
      const pressed: string[] = [];
      for (const link of links()) {
        await page.goto(link);
        const buttons = await page.locator('button, input[type=submit]').count();
        for (let at = 0; at < buttons; at++) {
          await page.goto(link);
          const button = page.locator('button, input[type=submit]').nth(at);
          pressed.push((await button.textContent()) ?? '');
          await settled(page, () => button.evaluate((element) => (element as HTMLElement).click()));
        }
        const forms = await page.goto(link).then(() => page.locator('form').count());
        for (let at = 0; at < forms; at++) {
          await page.goto(link);
          const form = page.locator('form').nth(at);
          await settled(page, () =>
            form.evaluate((element) => HTMLFormElement.prototype.submit.call(element)),
          );
        }
      }
      expect(pressed.length).toBeGreaterThan(1);
      await page.goto(`${service.url}/moderation`);
      expect(new URL(page.url()).pathname).toBe('/moderation/sign-in');
      expect(await state()).toEqual(before);
    });
  });

  it('E2 E3 still serve whom they were sent to, once, in the browser that asked', async () => {
    const token = new URL(linkOf('sign-in?token=') ?? '').searchParams.get('token') ?? '';
    const use = (cookie: string) =>
      ask(`${service.url}/api/v1/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify({ token }),
      });
    expect((await use('')).status).toBe(401);
    expect((await use(asking)).status).toBe(200);
    expect((await use(asking)).status).toBe(401);
  });
});

/** Does something that may lead to another page, and waits until nothing is under way any more. */
async function settled(page: Page, act: () => Promise<void>): Promise<void> {
  await act();
  await page.waitForLoadState('networkidle');
}

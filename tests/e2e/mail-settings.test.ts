import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unsubscribeHeaders } from '../../src/mail/unsubscribe.ts';
import { deliverNext } from '../../src/processing/deliver.ts';
import { ask } from '../support/http.ts';
import { plant } from '../support/plant.ts';
import { openSite, type Site, type Visitor } from '../support/site.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';

const MINUTE = 60_000;
const PAGE = '/moderation/mails';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

let smtp: SmtpServer;
let site: Site;
let ada: Visitor;
let adaId: string;

beforeEach(async () => {
  smtp = await startSmtp();
  site = await openSite({ SMTP_URL: smtp.url, MODERATORS: 'ada@example.org' });
  ada = await site.signIn();
  adaId = (await site.store.moderators.byAddress('ada@example.org'))?.id ?? '';
});
afterEach(async () => {
  await site.close();
  await smtp.stop();
});

const settings = () => site.store.digests.settings(adaId);

async function deliver() {
  const noLog = { info() {}, warn() {}, error() {} };
  const tools = { ...site, publicUrl: site.config.publicUrl, log: noLog };
  while (await deliverNext(tools));
}

const save = (fields: Record<string, string>) =>
  ask(site.url + PAGE, {
    method: 'POST',
    headers: { ...FORM, cookie: ada.cookie },
    body: new URLSearchParams({ _csrf: ada.csrf, ...fields }).toString(),
  });
const NIGHT = { quiet: 'yes', from: '22', until: '7', timeZone: 'Asia/Baku' };

describe('the page of one’s mails', () => {
  it('keeps what was chosen and shows it again', async () => {
    expect((await save({ every: '120', ...NIGHT })).headers.location).toBe(`${PAGE}?saved=yes`);
    expect(await settings()).toEqual({
      every: 120,
      quiet: { from: 22, until: 7, timeZone: 'Asia/Baku' },
    });
    const html = await (await site.get(`${PAGE}?saved=yes`, { cookie: ada.cookie })).text();
    expect(html).toContain('Saved.');
    expect(html).toMatch(/value="120"[^>]* checked/);
    expect(html).toMatch(/name="quiet" value="yes" checked/);
    expect(html).toMatch(/<option value="Asia\/Baku" selected>/);
    await save({ every: 'service', from: '22', until: '7', timeZone: 'Asia/Baku' });
    expect(await settings()).toEqual({ every: null, quiet: null });
    await save({ every: 'never', ...NIGHT, until: '22' });
    expect(await settings()).toEqual({ every: -1, quiet: null });
  });

  it('refuses what it does not offer', async () => {
    for (const wrong of [
      { every: '1' },
      { from: '24' },
      { timeZone: 'Mars/Olympus' },
      { until: '' },
    ]) {
      expect((await save({ every: '5', ...NIGHT, ...wrong })).status).toBe(400);
    }
    expect(await settings()).toEqual({ every: null, quiet: null });
  });
});

/** The address in the header of a digest, as a path of this site. */
async function unsubscribePath(): Promise<string> {
  await plant(site, 1, { pictures: false });
  await deliver();
  const [mail] = await smtp.waitFor(1);
  const header = (name: string) => mail?.headers.find((each) => each.name === name)?.value;
  expect(header('List-Unsubscribe-Post')).toBe('List-Unsubscribe=One-Click');
  const [, address = ''] = /^<(.*)>$/.exec(header('List-Unsubscribe') ?? '') ?? [];
  expect(address).toContain(`${site.config.publicUrl}/moderation/mails/stop?`);
  expect(mail?.text + (mail?.html ?? '')).not.toContain('/stop');
  return address.slice(site.config.publicUrl.length);
}

async function pathOfSomebodyRemoved(): Promise<string> {
  const { id } = await site.store.moderators.add('mo@example.org', site.now());
  await site.store.people.remove(id, null, site.now());
  const { 'List-Unsubscribe': header = '' } = unsubscribeHeaders(site.keys, '', id);
  return header.slice(1, -1);
}

describe('one click', () => {
  it('is nothing to a program that opens every link: only a button is shown', async () => {
    const path = await unsubscribePath();
    for (let time = 0; time < 20; time++) {
      expect((await ask(site.url + path)).text).toContain('<button type="submit">');
      expect((await ask(site.url + path, { method: 'HEAD' })).status).toBe(200);
    }
    expect(await settings()).toEqual({ every: null, quiet: null });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a mail provider', FORM, 'List-Unsubscribe=One-Click'],
    [
      'a mail provider, in parts',
      { 'content-type': 'multipart/form-data; boundary=x' },
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
    [
      'the button',
      { ...FORM, 'sec-fetch-site': 'same-origin', origin: 'null' },
      'List-Unsubscribe=One-Click',
    ],
  ])('of %s ends the digests, without a session', async (_, headers, body) => {
    const path = await unsubscribePath();
    const answer = await ask(site.url + path, { method: 'POST', headers, body });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('/moderation/mails"');
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await settings()).toEqual({ every: -1, quiet: null });
    site.clock.pass(60 * MINUTE);
    await plant(site, 1, { pictures: false });
    await deliver();
    expect(smtp.messages).toHaveLength(1);
  });

  it('does nothing else: signing in is still mailed, and the way back is a sign-in', async () => {
    const path = await unsubscribePath();
    await ask(site.url + path, {
      method: 'POST',
      headers: FORM,
      body: 'List-Unsubscribe=One-Click',
    });
    await site.post('/api/v1/session/link', { email: 'ada@example.org' });
    await expect.poll(async () => (await site.store.outbox.backlog()).queued).toBe(1);
    await deliver();
    expect(smtp.messages.map(({ subject }) => subject)).toContain('Your sign-in link');
    await save({ every: 'service', ...NIGHT, quiet: '' });
    expect((await site.get(PAGE)).status).toBe(303);
  });

  it('is refused from another site, without the words of the standard, and by any wrong address alike', async () => {
    const path = await unsubscribePath();
    const post = (where: string, headers: Record<string, string>, body: string) =>
      ask(site.url + where, { method: 'POST', headers: { ...FORM, ...headers }, body });
    const evil = { origin: 'https://evil.example' };
    expect((await post(path, evil, 'List-Unsubscribe=One-Click')).status).toBe(403);
    expect((await post(path, {}, 'hello=world')).status).toBe(400);
    const wrong = [
      path.slice(0, -1),
      `${path}A`,
      path.replace(/m=./, 'm=x'),
      path.replace(/&k=.*/, ''),
      path.replace(adaId, '00000000-0000-4000-8000-000000000000'),
      `${path}&k=x`,
      path.split('?')[0] ?? '',
      await pathOfSomebodyRemoved(),
    ];
    const answers = new Set<string>();
    for (const each of wrong) {
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? 'List-Unsubscribe=One-Click' : '';
        const { status, text } = await ask(site.url + each, { method, headers: FORM, body });
        expect(status, each).toBe(404);
        answers.add(text);
      }
    }
    expect(answers.size).toBe(1);
    expect(await settings()).toEqual({ every: null, quiet: null });
  });
});

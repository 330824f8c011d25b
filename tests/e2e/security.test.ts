import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openJar } from '../support/jar.ts';
import { signIn } from '../support/people.ts';
import { type Service, startService } from '../support/service.ts';
import { openSite, type Site } from '../support/site.ts';
import { talk } from '../support/socket.ts';

/** What OWASP ASVS asks for and no check of the threat page does. */
describe('the log of the process', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service?.dispose());

  /** The lines so far with this message. */
  const lines = (msg: string) =>
    service
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter((line) => line.msg === msg);

  it('tells who signed in, by what and when, and who signed out, by random ids', async () => {
    const staff = await signIn(service);
    await expect.poll(() => lines('signed in')).toHaveLength(1);
    const [entry] = lines('signed in');
    expect(entry).toMatchObject({
      by: 'link',
      moderator: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(Math.abs(Number(entry?.time) - Date.now())).toBeLessThan(60_000);
    await fetch(`${service.url}/api/v1/session`, {
      method: 'DELETE',
      headers: { cookie: staff.cookie, 'x-csrf-token': staff.csrf },
    });
    await expect.poll(() => lines('signed out')).toMatchObject([{ moderator: entry?.moderator }]);
    expect(service.output()).not.toContain('ada@');
  });

  it('tells which door of staff was tried and why it stayed shut, and nothing of the stranger', async () => {
    const json = { 'content-type': 'application/json' };
    const token = JSON.stringify({ token: 'guessed-guessed-guessed' });
    await fetch(`${service.url}/api/v1/session`, { method: 'POST', headers: json, body: token });
    await fetch(`${service.url}/moderation/session`, {
      method: 'POST',
      body: new URLSearchParams({ token: 'guessed-guessed-guessed' }),
    });
    await fetch(`${service.url}/api/v1/moderation/log`);
    const { cookie } = await signIn(service);
    await fetch(`${service.url}/moderation/people`, { method: 'POST', headers: { cookie } });
    const tried = () =>
      lines('refused').map(({ tried, method, route, moderator }) => [
        ...[tried, method, route],
        moderator ? 'somebody' : 'a stranger',
      ]);
    await expect.poll(tried).toEqual([
      ['sign-in-expired', 'POST', '/api/v1/session', 'a stranger'],
      ['sign-in-expired', 'POST', '/moderation/session', 'a stranger'],
      ['sign-in-needed', 'GET', '/api/v1/moderation/log', 'a stranger'],
      ['csrf-invalid', 'POST', '/moderation/people', 'somebody'],
    ]);
    expect(service.output()).not.toMatch(/guessed|127\.0\.0\.1"|user-agent/i);
  });

  it('tells nothing of supporters, and is not filled by who tries on and on', async () => {
    await fetch(`${service.url}/api/v1/receipt`, { headers: { authorization: 'Bearer nothing' } });
    for (let i = 0; i < 150; i++) await fetch(`${service.url}/api/v1/moderation/log`);
    await signIn(service);
    await expect.poll(() => lines('signed in')).toHaveLength(3);
    const told = lines('refused').map(({ route }) => String(route));
    expect(told.filter((route) => !/moderation|session/.test(route))).toEqual([]);
    // Sixty a minute, and another minute may have begun.
    expect(told.length).toBeLessThanOrEqual(120);
  });
});

describe('a request', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service?.dispose());

  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6\r\n'],
    ['a length and chunks', 'content-length: 5\r\ntransfer-encoding: chunked\r\n'],
    ['chunks that are none', 'transfer-encoding: chunked, identity\r\n'],
    ['a blank before a colon', 'content-length : 5\r\n'],
    ['a NUL in a header', 'x-a: a\0b\r\ncontent-length: 5\r\n'],
    ['a line break of its own', 'x-a: a\rcontent-length: 5\r\n'],
  ])(
    'B12 of unclear length ends the connection, and nothing behind it is read: %s',
    async (_, lines) => {
      const json = 'host: a\r\ncontent-type: application/json\r\n';
      const behind = 'GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n';
      const first = `POST /api/v1/session/link HTTP/1.1\r\n${json}${lines}\r\n0\r\n\r\n`;
      const { status, answer } = await talk(service.url, [first + behind]);
      expect(status).toBe(400);
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    },
  );

  it('is led on to our own paths only, whatever host it names', async () => {
    const asked = 'GET /moderation?next=//evil.example HTTP/1.1\r\nhost: evil.example\r\n';
    const lies = 'x-forwarded-host: evil.example\r\nreferer: https://evil.example/\r\n';
    const { status, answer } = await talk(service.url, [
      `${asked}${lies}connection: close\r\n\r\n`,
    ]);
    expect(status).toBe(303);
    expect(answer).toMatch(/^location: \/moderation\/sign-in\r$/im);
    expect(answer).not.toContain('evil.example');
  });
});

describe('a session that is not fresh', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  it('ends no other session of its owner, so that a thief cannot lock them out', async () => {
    const [old, owner] = [openJar(site), openJar(site)];
    await old.signIn();
    site.clock.pass(11 * 60_000);
    await owner.signIn();
    expect((await old.submit('/moderation/account/sessions/others')).status).toBe(403);
    expect((await owner.get('/moderation')).status).toBe(200);
    expect(await (await old.get('/moderation/account')).text()).not.toContain('End all others');
    expect((await owner.submit('/moderation/account/sessions/others')).status).toBe(303);
    expect((await old.get('/moderation')).status).toBe(303);
  });
});

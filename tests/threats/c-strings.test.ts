import { afterAll, beforeAll, expect, it } from 'vitest';
import { problemsOf } from '../pages/html.ts';
import { watchAlive } from '../support/alive.ts';
import { hostileStrings } from '../support/hostile.ts';
import { type Answer, ask, fieldParts, multipart } from '../support/http.ts';
import { packed } from '../support/packed.ts';
import { approve, FIELDS, type Staff, sendPhoto, signIn } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { rounds } from '../support/rounds.ts';
import { type Service, startService } from '../support/service.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';

const QUEUE = '/api/v1/moderation/submissions';
/** A preview of ours: the only frame, and a page's own script the only one. */
const OWN = /<iframe class="preview"[^>]*><\/iframe>|<script type="module" src="[^"]*"><\/script>/g;
const EACH = rounds({ quick: 4, ci: 1, long: 1 });
const STRINGS = hostileStrings().filter((_, at) => at % EACH === 0);
const BOMBS = [
  `${'a'.repeat(4_000)}!`,
  `a${'\u0301'.repeat(1_000)}`,
  'ﷺ'.repeat(2_000),
  '('.repeat(3_000),
  `${'a@'.repeat(1_000)}b`,
  `a${'\r\n'.repeat(1_500)}x`,
];
/** Said to be an address. */
const ADDRESSES = [
  'a@b.test, c@d.test',
  '"x" <y@z.test>',
  'a@b.test\n',
  'a@b.test\r\nBcc: c@d.test',
];

let smtp: SmtpServer;
let service: Service;
let staff: Staff;
let alive: () => Promise<void>;
/** Texts that came through the door, as they are kept. */
const kept = { city: [] as string[], name: [] as string[], message: [] as string[] };

beforeAll(async () => {
  smtp = await startSmtp();
  service = await startService({
    SMTP_URL: smtp.url,
    DIGEST_MINUTES: '0',
    MODERATORS: 'ada@x.org',
  });
  staff = await signIn(service, 'ada@x.org');
  alive = watchAlive(service);
});
afterAll(async () => {
  await service?.dispose();
  await smtp?.stop();
});

function send(fields: Record<string, string>): Promise<Answer> {
  const { body, headers } = multipart(fieldParts(fields));
  return ask(`${service.url}/api/v1/submissions`, { method: 'POST', body, headers });
}

it(`C1 C8 ${STRINGS.length} strings in each free field are kept as NFC or refused in words`, async () => {
  for (const text of STRINGS) {
    const fields = { ...FIELDS, city: text, name: text, message: text, email: text };
    // A lone surrogate cannot travel: its bytes are no UTF-8.
    const { status, text: answer } = await send({ ...fields, embassy: text });
    expect(status, JSON.stringify(text)).toBe(422);
    const { errors } = JSON.parse(answer) as { errors: { field: string; code: string }[] };
    const refused = new Map(errors.map(({ field, code }) => [field, code]));
    expect(refused.get('embassy')).toMatch(/^(embassy-unknown|required)$/);
    for (const field of ['city', 'name', 'message'] as const) {
      const code = refused.get(field) ?? '';
      expect(['', 'characters', 'too-long', 'required']).toContain(code);
      if (code === '' && text.trim() !== '') kept[field].push(text.normalize('NFC').trim());
    }
  }
  for (const list of Object.values(kept)) expect(list.length).toBeGreaterThan(STRINGS.length / 2);
});

it('C5 C7 C10 bombs, broken bytes and lists of addresses are refused at once', async () => {
  for (const text of BOMBS) {
    for (const field of ['city', 'name', 'message', 'email', 'covers', 'embassy']) {
      const { status, text: answer } = await send({ ...FIELDS, [field]: text });
      expect([field, status]).toEqual([field, 422]);
      expect(answer).toContain(`"field":"${field}"`);
    }
  }
  for (const email of ADDRESSES) {
    expect((await send({ ...FIELDS, email })).text, email).toContain('email-invalid');
  }
  const broken = Buffer.from([0x61, 0xed, 0xa0, 0x80, 0xff]);
  const { body, headers } = multipart([{ name: 'city', value: broken }]);
  const url = `${service.url}/api/v1/submissions`;
  expect((await ask(url, { method: 'POST', body, headers })).text).toContain('"characters"');
  const many = await send({ ...FIELDS, message: 'x'.repeat(1 << 20) });
  expect(many.status).toBe(413);
});

it('C1 C2 C13 C15 what is kept is inert on every page, in every feed and for every program', async () => {
  const messages = packed(kept.message, 490, '\n');
  const names = packed(kept.name, 78, ' ');
  const cities = packed(kept.city, 78, ' ');
  const count = Math.max(messages.length, 12);
  expect(count).toBeLessThan(40);
  const ids: string[] = [];
  for (let at = 0; at < count; at++) {
    const fields = {
      city: cities[at] ?? 'Wien',
      name: names[at] ?? '',
      message: messages[at] ?? '',
      ...(at === 0 && { email: 'supporter@example.net' }),
    };
    const answer = await sendPhoto(service, await photo({ seed: at }), fields);
    expect(answer.status, JSON.stringify(fields)).toBeLessThan(300);
    const { id, city } = (await answer.json()) as { id: string; city: string };
    expect(city).toBe(fields.city);
    ids.push(id);
  }
  const waiting = async () => (await (await staff.get(`${QUEUE}?limit=1`)).json()).total;
  await expect.poll(waiting).toBe(count);
  const pages = ['/moderation', ...ids.map((id) => `/moderation/submissions/${id}`)];
  for (const id of ids) expect((await approve(staff, id, 2)).status).toBe(200);
  pages.push('/moderation?state=approved', '/moderation/log');
  pages.push('/', '/gallery', '/embed', '/embassies/embassy-vienna', '/map');
  for (const id of ids)
    pages.push(`/gallery/${id}`, `/embed?photo=${id}`, `/embed/kit?photo=${id}`);
  const list = await ask(`${service.url}/api/v1/gallery?limit=100`);
  const items = JSON.parse(list.text).items as { message: string | null }[];
  expect(items.map(({ message }) => message ?? '').sort()).toEqual(
    Array.from({ length: count }, (_, at) => messages[at] ?? '').sort(),
  );
  for (const path of pages) {
    const { status, text } = await ask(service.url + path, { headers: { cookie: staff.cookie } });
    expect(status, path).toBe(200);
    const html = text.replace(OWN, '');
    expect(problemsOf(html), path).toEqual([]);
    const bare = html.replace(/"[^"]*"/g, '""');
    expect(bare, path).not.toMatch(/<script|<svg\/|<b>|<[^>]*\son\w+=|http-equiv|<item|<!\[CDATA/i);
  }
  for (const id of ids) {
    const url = encodeURIComponent(`${service.url}/gallery/${id}`);
    const { headers, text } = await ask(`${service.url}/oembed?url=${url}`);
    expect(headers['content-type']).toMatch(/^application\/json/);
    const { html = '' } = JSON.parse(text) as { html?: string };
    expect(html.replace(/"[^"]*"/g, '""')).not.toMatch(/<script|\son\w+=|<b>|<svg\//i);
  }
  expect(list.headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
  });
});

it('C9 C11 no mail says a word of it, and each goes to the one it is for', async () => {
  await smtp.waitFor(2, 20_000);
  await expect
    .poll(() => smtp.messages.some(({ to }) => to.includes('supporter@example.net')))
    .toBe(true);
  const recipients = smtp.transcript.filter((line) => line.startsWith('C: RCPT TO'));
  const allowed = ['C: RCPT TO:<ada@x.org>', 'C: RCPT TO:<supporter@example.net>'];
  expect(recipients.filter((line) => !allowed.includes(line))).toEqual([]);
  const names = new Set(smtp.messages.flatMap(({ headers }) => headers.map(({ name }) => name)));
  const usual = ['Auto-Submitted', 'Content-Type', 'Date', 'From', 'List-Unsubscribe'];
  usual.push('List-Unsubscribe-Post', 'MIME-Version', 'Message-ID', 'Subject', 'To');
  expect([...names].filter((name) => !usual.includes(name))).toEqual([]);
  const long = [...kept.message, ...kept.name].filter((text) => text.length > 8);
  const said = smtp.messages.map(({ subject, text, html }) => subject + text + html).join('\n');
  expect(long.filter((text) => said.includes(text))).toEqual([]);
  await alive();
});

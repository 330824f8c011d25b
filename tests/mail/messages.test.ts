import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/i18n/messages.ts';
import { sayIn } from '../../src/i18n/say.ts';
import { openMailer } from '../../src/mail/mailer.ts';
import { type AlarmFacts, alarm } from '../../src/mail/messages/alarm.ts';
import { type DecisionFacts, decision } from '../../src/mail/messages/decision.ts';
import { type DigestFacts, digest } from '../../src/mail/messages/digest.ts';
import { invitation } from '../../src/mail/messages/invitation.ts';
import { signIn } from '../../src/mail/messages/sign-in.ts';
import { REJECTION_REASONS } from '../../src/submission/states.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';

const say = sayIn('en');
const base = 'https://photos.campaign.test';
const links = {
  galleryUrl: `${base}/gallery`,
  sendUrl: `${base}/send`,
  receiptUrl: `${base}/receipt`,
};
const OUTCOMES = ['approved', 'counted', 'rejected', 'refused'] as const;
const LIMIT = 30 * 1024;

function waitingAt(embassies: number, each = 1): DigestFacts {
  const list = Array.from({ length: embassies }, (_, n) => ({
    name: `Embassy of Azerbaijan, number ${n} <&> "x"`,
    count: each,
  }));
  const waiting = embassies * each;
  const urls = { queueUrl: `${base}/moderation`, settingsUrl: `${base}/moderation/mails` };
  return { waiting, oldestHours: 5, embassies: list, ...urls };
}

const decided = (facts: Partial<DecisionFacts>) =>
  decision({ outcome: 'rejected', ...links, ...facts }, say);

const warn = (facts: AlarmFacts, speaker = say) => alarm(facts, `${base}/moderation`, speaker);
const ALARMS: AlarmFacts[] = [
  { about: 'mail', addresses: ['bo@staff.test', 'cy@staff.test'], supporters: 3 },
  { about: 'age', hours: 75 },
  { about: 'disk', megabytes: 312 },
  { about: 'line', waiting: 431, room: 500 },
  { about: 'brake', address: 'bo@staff.test' },
  { about: 'webhook', host: 'example.org' },
];

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=https://evil.test/x onerror=alert(1)>',
  '</blockquote></div></body><h1>Signed in</h1>',
  '<style>*{background:url(https://evil.test/y)}</style>',
  '<a href="https://evil.test">win</a> <!-- ]]> {{7*7}} #{7*7}',
  '<svg/onload=alert(1)><iframe src=//evil.test>',
  '\n.\nBcc: evil@evil.test\n',
].join('\n');

const all = {
  digest: digest(waitingAt(14), say),
  'digest of one': digest(waitingAt(1), say),
  'sign-in': signIn({ url: `${base}/moderation/sign-in?token=abc`, minutes: 10 }, say),
  invitation: invitation({ url: `${base}/moderation/sign-in` }, say),
  ...Object.fromEntries(ALARMS.map((facts) => [`alarm of ${facts.about}`, warn(facts)])),
  ...Object.fromEntries(OUTCOMES.map((outcome) => [outcome, decided({ outcome, reply: HOSTILE })])),
};

describe.each(Object.entries(all))('the mail %s', (_name, { subject, text, html }) => {
  it('C12 loads nothing from anywhere', () => {
    const tags = [...html.matchAll(/<([a-z0-9]+)/g)].map(([, tag]) => tag);
    const harmless = 'html head meta title style body div h1 p a ul li span blockquote'.split(' ');
    expect(harmless).toEqual(expect.arrayContaining([...new Set(tags)]));
    const inTags = [...html.matchAll(/<[^>]*>/g)].join('\n') + style(html);
    expect(inTags).not.toMatch(/\bsrc|url\(|@import|background=|\bon\w+=/i);
    expect(inTags.replaceAll(/href="[^"]*"/g, '')).not.toMatch(/https?:|\/\//);
  });

  it('E13 links only to the service', () => {
    const hrefs = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(hrefs.length).toBeGreaterThan(0);
    for (const href of hrefs) expect(href).toMatch(/^https:\/\/photos\.campaign\.test\//);
  });

  it('says the same in text and in HTML', () => {
    expect(words(visible(html))).toEqual(words(text.replaceAll(/^(> ?|- )/gm, '')));
  });

  it('is small, and dark where the reader wants it', () => {
    expect(Buffer.byteLength(html) + Buffer.byteLength(text)).toBeLessThan(LIMIT);
    expect(html).toContain('<meta name="color-scheme" content="light dark"/>');
    expect(style(html)).toContain('prefers-color-scheme: dark');
  });

  it('has a subject of one line and a language', () => {
    expect(subject).toMatch(/^[^\r\n]{5,60}$/);
    expect(html).toMatch(/^<!doctype html><html lang="en" dir="ltr">/);
  });
});

describe('the digest', () => {
  it('C12 says in its subject how many wait, and nothing else', () => {
    expect(digest(waitingAt(1), say).subject).toBe('1 photo is waiting');
    expect(digest(waitingAt(200), say).subject).toBe('200 photos are waiting');
  });

  it('names ten embassies, the fullest first, and counts the others', () => {
    const facts = waitingAt(14);
    facts.embassies.push({ name: 'Fullest', count: 40 });
    const { text } = digest(facts, say);
    expect(text.match(/^- /gm)).toHaveLength(11);
    expect(text).toMatch(/^- Fullest: 40\n/m);
    expect(text).toContain('- and 5 more embassies');
    expect(digest(waitingAt(10), say).text).not.toContain('more embass');
    expect(digest(waitingAt(11), say).text).toContain('one more embassy');
  });

  it.each([
    [0, 'less than an hour'],
    [1, 'an hour'],
    [47, '47 hours'],
    [48, '2 days'],
    [240, '10 days'],
  ])('says the age of %i hours as %s', (oldestHours, words) => {
    expect(digest({ ...waitingAt(1), oldestHours }, say).text).toContain(words);
  });

  it('C12 is no larger for many photos than for few', () => {
    const few = digest(waitingAt(20, 1), say);
    const many = digest(waitingAt(200, 1), say);
    expect(many.html.length - few.html.length).toBeLessThan(10);
  });
});

describe('an alarm', () => {
  it('names who gets no mail, and counts supporters', () => {
    const { text } = warn({ about: 'mail', addresses: ['bo@staff.test'], supporters: 1 });
    expect(text).toMatch(/^- bo@staff.test$/m);
    expect(text).toContain('One mail about a decision');
    expect(warn({ about: 'mail', addresses: [], supporters: 2 }).text).not.toContain('moderators');
    expect(warn({ about: 'mail', addresses: ['a@b.test'], supporters: 0 }).text).not.toContain('0');
  });

  it('says in figures what is too little or too much', () => {
    expect(warn({ about: 'age', hours: 75 }).text).toContain('3 days');
    expect(warn({ about: 'disk', megabytes: 312 }).text).toContain('312 MB');
    expect(warn({ about: 'line', waiting: 1431, room: 1500 }).text).toContain('1,431 of 1,500');
  });
});

describe.each(LOCALES)('in %s', (locale) => {
  const speaker = sayIn(locale);
  const letters = [
    digest(waitingAt(14), speaker),
    signIn({ url: `${base}/moderation/sign-in?token=abc`, minutes: 10 }, speaker),
    ...ALARMS.map((facts) => warn(facts, speaker)),
    ...OUTCOMES.map((outcome) => decision({ outcome, fault: 'photo-broken', ...links }, speaker)),
  ];

  it('every mail has a subject of one line, and says the same twice', () => {
    for (const { subject, text, html } of letters) {
      expect(subject).toMatch(/^[^\r\n]{5,60}$/);
      const seen = visible(html).replaceAll(/\s*:/g, ':');
      expect(words(seen)).toEqual(
        words(text.replaceAll(/^(> ?|- )/gm, '').replaceAll(/\s*:/g, ':')),
      );
    }
  });

  it('colons stand as the language sets them', () => {
    for (const { text } of letters) {
      const colons = text.replaceAll(/https?:/g, '').match(/.:/g) ?? [];
      for (const colon of colons) expect(colon.startsWith('\u202f')).toBe(locale === 'fr');
    }
  });
});

describe('the sign-in mail', () => {
  it('holds the link, its minutes and what to do when nobody asked', () => {
    const { text, html } = all['sign-in'];
    for (const version of [text, html]) {
      expect(version).toContain(`${base}/moderation/sign-in?token=abc`);
      expect(version).toMatch(/once.* 10 minutes/);
      expect(version).toMatch(/did not ask/);
    }
  });
});

describe('the decision', () => {
  it('has one subject for every outcome: subjects are read over shoulders', () => {
    const subjects = OUTCOMES.map((outcome) => decided({ outcome }).subject);
    expect(new Set(subjects).size).toBe(1);
  });

  it('leads where the supporter may want to go next', () => {
    expect(decided({ outcome: 'approved' }).text).toContain(links.galleryUrl);
    expect(decided({ outcome: 'counted' }).text).not.toContain(links.galleryUrl);
    for (const outcome of ['rejected', 'refused'] as const) {
      expect(decided({ outcome }).text).toContain(links.sendUrl);
      expect(decided({ outcome }).text).not.toContain(links.galleryUrl);
    }
    for (const outcome of OUTCOMES) expect(decided({ outcome }).text).toContain(links.receiptUrl);
  });

  it.each(REJECTION_REASONS)('says the reason %s in words', (reason) => {
    const { text, html } = decided({ reason });
    expect(text).toContain(say(`reason.${reason}.kind`));
    expect(visible(html)).toContain(say(`reason.${reason}.kind`));
    expect(text).not.toContain(decided({}).text);
  });

  it('says what to do about a file that no clean copy could be made of', () => {
    const { text } = decided({ outcome: 'refused', fault: 'photo-broken' });
    expect(text).toContain('choose the original from your phone');
  });

  it('C11 quotes a hostile reply as nothing but text', () => {
    const { html } = decided({ reply: HOSTILE });
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.match(/<a /g)).toHaveLength(2);
    expect(html).not.toMatch(/<(script|img|svg|iframe)/);
    expect(visible(html)).toContain('<script>alert(1)</script>');
    expect(decided({}).html).not.toContain('blockquote');
  });
});

describe('every mail on its way', () => {
  let smtp: SmtpServer;
  beforeAll(async () => {
    smtp = await startSmtp();
  });
  afterAll(() => smtp.stop());

  it('arrives whole and under 30 KB', async () => {
    const options = { smtpUrl: smtp.url, from: 'photos@campaign.test', publicUrl: base };
    const mailer = openMailer(options);
    for (const letter of Object.values(all)) {
      smtp.clear();
      const outcome = await mailer.send({ to: 'a@staff.test', messageId: 'm-1', ...letter });
      expect(outcome).toEqual({ kind: 'sent' });
      const [mail] = await smtp.waitFor(1);
      expect(mail?.raw.length).toBeLessThan(LIMIT);
      expect(mail?.subject).toBe(letter.subject);
      expect(mail?.html.trim()).toBe(letter.html.trim());
      expect(mail?.text.trim()).toBe(letter.text.trim());
    }
    mailer.close();
  });
});

function style(html: string): string {
  return /<style>(.*)<\/style>/s.exec(html)?.[1] ?? '';
}

/** What a reader sees, with the addresses behind the links. */
function visible(html: string): string {
  return html
    .replace(/<head>.*<\/head>/s, '')
    .replaceAll(/<a class="button"[^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g, '$2: $1')
    .replaceAll(/<\/span><span[^>]*>/g, ':')
    .replaceAll(/<\/?[a-z][^>]*>/gi, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

function words(text: string): string[] {
  return text
    .replace(/^<!doctype html>/, '')
    .split(/\s+/)
    .filter(Boolean);
}

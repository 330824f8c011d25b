import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Mailer, type Message, openMailer } from '../../src/mail/mailer.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';

const message: Message = {
  to: 'moderator@staff.test',
  messageId: 'digest-17',
  subject: 'Subject',
  text: 'Text',
  html: '<p>Text</p>',
};
const options = { from: 'photos@campaign.test', publicUrl: 'https://photos.campaign.test' };

let smtp: SmtpServer;
let mailer: Mailer;
beforeAll(async () => {
  smtp = await startSmtp();
  mailer = openMailer({ ...options, smtpUrl: smtp.url });
});
beforeEach(() => smtp.clear());
afterAll(async () => {
  mailer.close();
  await smtp.stop();
});

const BREAKS = ['\r\n', '\n', '\r', '\r\n\r\n', '\u2028', '\u0085', '\0', '\v\f'];
const LINES = [
  'Bcc: evil@evil.test',
  'Content-Type: text/html',
  '.',
  'X-Evil: 1',
  'x'.repeat(10_000),
];
const ATTACKS = BREAKS.flatMap((end) => LINES.map((line) => `a${end}${line}${end}`));

const ADDRESSES = [
  '',
  'nobody',
  '@staff.test',
  'a@b.test, c@d.test',
  'a@b.test,c@d.test',
  'a@b.test;c@d.test',
  'a@b.test c@d.test',
  '<a@b.test>',
  '"x" <y@z.test>',
  'x\r\nBcc: evil@evil.test\r\n <y@z.test>',
  '"a@b.test, "@c.test',
  'x<evil@evil.test>@staff.test',
  'evil@evil.test>NOTIFY=NEVER',
  'a@b.test\n',
  'a@b.test\r\nRCPT TO:<evil@evil.test>',
  'a@b.test\0@c.test',
  'a@b@c.test',
  'a(comment)@b.test',
  `${'g:'.repeat(1000)}a@b.test${';'.repeat(1000)}`,
  `group: a@b.test, c@d.test;`,
  `${'a'.repeat(255)}@b.test`,
  'a@bücher.test',
  'a@b\u202e.test',
].map((address) => [JSON.stringify(address).slice(0, 60), address] as const);

/** The usual names, and nobody but the one recipient, in the dialogue as in the mail. */
function expectOnlyOurs() {
  const recipients = smtp.transcript.filter((line) => line.startsWith('C: RCPT TO'));
  expect(new Set(recipients)).toEqual(new Set(['C: RCPT TO:<moderator@staff.test>']));
  const names = new Set(smtp.messages.flatMap(({ headers }) => headers.map(({ name }) => name)));
  expect([...names].sort()).toEqual([
    'Auto-Submitted',
    'Content-Type',
    'Date',
    'From',
    'MIME-Version',
    'Message-ID',
    'Subject',
    'To',
  ]);
  for (const mail of smtp.messages) expect(mail.to).toEqual(['moderator@staff.test']);
}

describe('hostile text in a message', () => {
  it.each(['subject', 'text', 'html'] as const)(
    'C9 in its %s adds no header and no recipient',
    async (field) => {
      const sends = ATTACKS.map((attack) => mailer.send({ ...message, [field]: attack }));
      for (const outcome of await Promise.all(sends)) expect(outcome).toEqual({ kind: 'sent' });
      expect(smtp.messages).toHaveLength(ATTACKS.length);
      for (const mail of smtp.messages) expect(mail.headers).toHaveLength(8);
      expectOnlyOurs();
    },
  );

  it.each(ADDRESSES)('C10 as its recipient %s is never sent', async (_title, to) => {
    expect(await mailer.send({ ...message, to })).toEqual({ kind: 'never', why: 'bad-address' });
    expect(smtp.transcript).toEqual([]);
  });

  it('C9 as its Message-ID is never sent', async () => {
    for (const messageId of ['', 'a b', 'a@b', 'a>\r\nBcc: evil@evil.test', 'a\n']) {
      const outcome = await mailer.send({ ...message, messageId });
      expect(outcome).toEqual({ kind: 'never', why: 'bad-message-id' });
    }
    expect(smtp.transcript).toEqual([]);
  });

  it('C9 as the name of a header is never sent', async () => {
    const names = [
      'Bcc',
      'to',
      'Cc',
      'From',
      'Reply-To',
      'X-Evil',
      'List-Id\r\nBcc',
      'List-Id: x\nBcc',
    ];
    for (const name of names) {
      const outcome = await mailer.send({ ...message, headers: { [name]: 'evil@evil.test' } });
      expect(outcome).toEqual({ kind: 'never', why: 'bad-header' });
    }
    expect(smtp.transcript).toEqual([]);
  });

  it('C9 as the value of a header stays in that header', async () => {
    await Promise.all(
      ATTACKS.map((attack) => mailer.send({ ...message, headers: { 'List-Unsubscribe': attack } })),
    );
    expect(smtp.messages).not.toEqual([]);
    for (const mail of smtp.messages) {
      const names = mail.headers.map(({ name }) => name);
      expect(names.filter((name) => name !== 'List-Unsubscribe')).toHaveLength(8);
      expect(mail.envelope.to).toEqual(['moderator@staff.test']);
    }
  });
});

it.each(ADDRESSES)('C10 a MAIL_FROM of %s does not open a mailer', (_title, from) => {
  expect(() => openMailer({ ...options, from, smtpUrl: smtp.url })).toThrow(/MAIL_FROM/);
});

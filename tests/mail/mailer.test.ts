import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Mailer,
  type MailerOptions,
  type Message,
  openMailer,
} from '../../src/mail/mailer.ts';
import { type Behaviour, type SmtpOptions, type SmtpServer, startSmtp } from '../support/smtp.ts';

const message: Message = {
  to: 'moderator@staff.test',
  messageId: 'digest-17',
  subject: '3 photos are waiting',
  text: 'Three photos are waiting.',
  html: '<p>Three photos are waiting.</p>',
};

/** Short enough to wait for, long enough to tell one stage from another. */
const timeouts = { connect: 300, greeting: 200, idle: 400, message: 1500 };

let smtp: SmtpServer;
const open: (Mailer | SmtpServer)[] = [];

beforeEach(async () => {
  smtp = await start();
});
afterEach(async () => {
  for (const each of open.splice(0)) await ('stop' in each ? each.stop() : each.close());
});

async function start(options?: SmtpOptions): Promise<SmtpServer> {
  const server = await startSmtp(options);
  open.push(server);
  return server;
}

function mailer(smtpUrl: string | undefined = smtp.url, more: Partial<MailerOptions> = {}): Mailer {
  const made = openMailer({
    smtpUrl,
    from: 'photos@campaign.test',
    publicUrl: 'https://photos.campaign.test/app/',
    timeouts,
    ...more,
  });
  open.push(made);
  return made;
}

const outcome = (behaviour: Behaviour) => {
  smtp.setBehaviour(behaviour);
  return mailer().send(message);
};

describe('a message that arrives', () => {
  it('carries exactly these headers and goes to exactly this recipient', async () => {
    expect(await mailer().send(message)).toEqual({ kind: 'sent' });
    const [mail] = await smtp.waitFor(1);
    expect(mail?.envelope).toEqual({ from: 'photos@campaign.test', to: ['moderator@staff.test'] });
    expect(mail?.headers.map(({ name }) => name).sort()).toEqual([
      'Auto-Submitted',
      'Content-Type',
      'Date',
      'From',
      'MIME-Version',
      'Message-ID',
      'Subject',
      'To',
    ]);
    expect(
      Object.fromEntries(mail?.headers.map(({ name, value }) => [name, value]) ?? []),
    ).toMatchObject({
      'Auto-Submitted': 'auto-generated',
      From: 'photos@campaign.test',
      To: 'moderator@staff.test',
      Subject: '3 photos are waiting',
      'Message-ID': '<digest-17@photos.campaign.test>',
    });
    expect([mail?.text.trim(), mail?.html.trim()]).toEqual([message.text, message.html]);
  });

  it('says hello with the public host, not with the name of the machine', async () => {
    await mailer().send(message);
    expect(smtp.transcript).toContain('C: EHLO photos.campaign.test');
  });

  it('may carry List headers', async () => {
    await mailer().send({ ...message, headers: { 'List-Unsubscribe': '<https://a.test/u>' } });
    const [mail] = await smtp.waitFor(1);
    expect(mail?.headers).toContainEqual({ name: 'List-Unsubscribe', value: '<https://a.test/u>' });
  });

  it('keeps its Message-ID when tried again', async () => {
    const { send } = mailer();
    smtp.setBehaviour({ hang: 'dot' }); // taken, but the 250 never comes
    expect((await send(message)).kind).toBe('later');
    smtp.setBehaviour({});
    expect((await send(message)).kind).toBe('sent');
    const ids = (await smtp.waitFor(2)).map(({ messageId }) => messageId);
    expect(ids).toEqual(['<digest-17@photos.campaign.test>', '<digest-17@photos.campaign.test>']);
  });

  it('signs in when the URL has a user', async () => {
    const closed = await start({ auth: { user: 'photos', pass: 'p@ss' } });
    const url = closed.url.replace('//', '//photos:p%40ss@');
    expect(await mailer(url).send(message)).toEqual({ kind: 'sent' });
  });
});

describe('an answer of the server', () => {
  it.each<[Behaviour, string]>([
    [{ refuse: { rcpt: 553 } }, 'recipient-refused 553'],
    [{ refuseRecipients: [message.to] }, 'recipient-refused 550'],
    [{ refuse: { dot: 554 } }, 'message-refused 554'],
  ])('%j means never', async (behaviour, why) => {
    expect(await outcome(behaviour)).toEqual({ kind: 'never', why });
  });

  it.each<[Behaviour, string]>([
    [{ refuse: { connect: 554 } }, 'server-refused 554'],
    [{ refuse: { mail: 451 } }, 'sender-refused 451'],
    [{ refuse: { mail: 550 } }, 'sender-refused 550'],
    [{ refuse: { mail: 530 } }, 'sender-refused 530'],
    [{ refuse: { rcpt: 450 } }, 'recipient-refused 450'],
    [{ refuse: { rcpt: 503 } }, 'recipient-refused 503'],
    [{ refuse: { dot: 452 } }, 'message-refused 452'],
    [{ refuse: { dot: 421 } }, 'message-refused 421'],
    [{ drop: 'connect' }, 'connection-lost'],
    [{ drop: 'ehlo' }, 'connection-lost'],
    [{ drop: 'rcpt' }, 'connection-lost'],
    [{ drop: 'data' }, 'connection-lost'],
    [{ drop: 'dot' }, 'connection-lost'],
  ])('%j means later', async (behaviour, why) => {
    expect(await outcome(behaviour)).toEqual({ kind: 'later', why });
  });

  it('that asks for patience is tried again and then sent', async () => {
    smtp.setBehaviour({ greylist: true });
    const { send } = mailer();
    expect(await send(message)).toEqual({ kind: 'later', why: 'recipient-refused 451' });
    expect(await send(message)).toEqual({ kind: 'sent' });
    expect(smtp.messages).toHaveLength(1);
  });

  it('never travels into the reason: servers quote addresses', async () => {
    const answers = [
      { refuse: { mail: 550 } },
      { refuse: { rcpt: 450 } },
      { refuse: { dot: 554 } },
    ];
    for (const behaviour of answers) {
      expect(JSON.stringify(await outcome(behaviour))).not.toMatch(/@|thanks/);
    }
    expect(smtp.transcript.join()).toMatch(/S: \d+ no thanks <moderator@staff\.test>/);
  });

  it('to a wrong password is our mistake: later', async () => {
    const closed = await start({ auth: { user: 'photos', pass: 'right' } });
    const url = closed.url.replace('//', '//photos:wrong@');
    expect(await mailer(url).send(message)).toEqual({ kind: 'later', why: 'sign-in-refused 535' });
    expect(await mailer(closed.url).send(message)).toEqual({
      kind: 'later',
      why: 'sender-refused 530',
    });
  });
});

describe('no server', () => {
  it('is said as it is', async () => {
    const none = mailer('');
    expect(none.configured).toBe(false);
    expect(await none.send(message)).toEqual({ kind: 'later', why: 'no-smtp' });
    expect(mailer().configured).toBe(true);
  });

  it('at the port, or no such host, means later', async () => {
    await smtp.stop();
    expect(await mailer().send(message)).toEqual({ kind: 'later', why: 'connection-refused' });
    const lost = await mailer('smtp://nowhere.invalid:25').send(message);
    expect(lost.kind).toBe('later');
    expect(lost).toHaveProperty('why', expect.stringMatching(/^(host-unknown|timeout-connect)$/));
  });
});

describe('a server that hangs', () => {
  it.each<[Behaviour, string]>([
    [{ hang: 'connect' }, 'timeout-greeting'],
    [{ hang: 'ehlo' }, 'timeout-idle'],
    [{ hang: 'mail' }, 'timeout-idle'],
    [{ hang: 'rcpt' }, 'timeout-idle'],
    [{ hang: 'data' }, 'timeout-idle'],
    [{ hang: 'dot' }, 'timeout-idle'],
  ])('I4 %j is left within the stage timeout', async (behaviour, why) => {
    const started = Date.now();
    expect(await outcome(behaviour)).toEqual({ kind: 'later', why });
    expect(Date.now() - started).toBeLessThan(1200);
  });

  it('I4 answering a byte a second resets every idle timeout, and still meets the deadline', async () => {
    smtp.setBehaviour({ trickle: true });
    const patient = mailer(smtp.url, {
      timeouts: { connect: 60_000, greeting: 60_000, idle: 1500, message: 3500 },
    });
    const started = Date.now();
    expect(await patient.send(message)).toEqual({ kind: 'later', why: 'deadline' });
    expect(Date.now() - started).toBeGreaterThan(3000);
    expect(Date.now() - started).toBeLessThan(4500);
    await sleep(1200); // the grace of a closing socket
    expect(smtp.connections()).toBe(0);
  });

  it('I4 holds nobody else up', async () => {
    const { send } = mailer(smtp.url, { timeouts: { ...timeouts, idle: 1000 } });
    smtp.setBehaviour({ hang: 'rcpt' });
    const stuck = send(message);
    await sleep(150);
    smtp.setBehaviour({});
    expect(await send({ ...message, to: 'other@staff.test' })).toEqual({ kind: 'sent' });
    expect((await stuck).kind).toBe('later');
  });

  it('is left at once when the mailer closes', async () => {
    smtp.setBehaviour({ hang: 'rcpt' });
    const closing = mailer(smtp.url, { timeouts: { idle: 30_000 } });
    const stuck = closing.send(message);
    await sleep(150);
    closing.close();
    expect(await stuck).toEqual({ kind: 'later', why: 'closing' });
  });
});

describe('encryption', () => {
  const seen = () => smtp.transcript.join('\n');
  /** Reaches the loopback server, but is not the loopback address: what any other host is to us. */
  const foreign = (url: string) => url.replace('127.0.0.1', '0.0.0.0');

  it('I6 is demanded from every other host: with STARTTLS stripped neither password nor mail leave', async () => {
    const url = foreign(smtp.url).replace('//', '//photos:secret@');
    const { send } = mailer(url);
    expect(await send(message)).toEqual({
      kind: 'later',
      why: expect.stringMatching(/^tls-refused 5/),
    });
    expect(seen()).toContain('C: STARTTLS');
    expect(seen()).not.toMatch(/C: (AUTH|MAIL)/);
  });

  it('can be renounced in the URL only', async () => {
    expect(await mailer(`${foreign(smtp.url)}?ignoreTLS=true`).send(message)).toEqual({
      kind: 'sent',
    });
  });

  it('I6 with a certificate nobody signed is none', async () => {
    for (const tls of ['starttls', 'implicit'] as const) {
      const made = await start({ tls });
      const refused = { kind: 'later', why: 'tls-certificate' };
      expect(await mailer(foreign(made.url)).send(message)).toEqual(refused);
      expect(made.messages).toEqual([]);
    }
  });

  it('is used when it is there', async () => {
    const made = await start({ tls: 'starttls' });
    const url = `${foreign(made.url)}?tls.rejectUnauthorized=false`;
    expect(await mailer(url).send(message)).toEqual({ kind: 'sent' });
    expect(made.transcript.join('\n')).not.toContain('MAIL FROM');
    expect(made.messages).toHaveLength(1);
  });

  it('is not asked of a server on this machine', async () => {
    const made = await start({ tls: 'starttls' });
    expect(await mailer(made.url).send(message)).toEqual({ kind: 'sent' });
  });
});

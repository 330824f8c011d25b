import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliverNext } from '../../src/processing/deliver.ts';
import { readDisk } from '../support/disk.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { plant } from '../support/plant.ts';
import { MINUTE, openPost, type Post } from '../support/post.ts';
import { rounds } from '../support/rounds.ts';
import { type ReceivedMail, type SmtpServer, startSmtp } from '../support/smtp.ts';

const ARRIVALS = rounds({ quick: 100, ci: 1000, long: 1000 });
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ROWS_ONLY = { pictures: false };
const BOTH = ['ada@example.org', 'bo@example.org'];
const ALL_SEEN = { flag: true, slogan: true, embassy: true };

let smtp: SmtpServer;
let post: Post;

beforeEach(async () => {
  smtp = await startSmtp();
});
afterEach(async () => {
  await post?.close();
  await smtp.stop();
});

const recipients = (mails = smtp.messages) => mails.flatMap(({ envelope }) => envelope.to).sort();
const mailsTo = (address: string) =>
  smtp.messages.filter(({ envelope }) => envelope.to.includes(address));
const outbox = () => post.store.outbox.list(100);
const stateOf = async (kind: string) =>
  (await outbox()).filter((row) => row.kind === kind).map(({ state }) => state);

describe('a mail server in trouble', () => {
  it('I1 is down: everything is announced once, later', async () => {
    const folder = await makeFolder('compete-post-');
    await smtp.stop();
    post = await openPost(smtp.url, {}, { folder });
    await plant(post, 3, ROWS_ONLY);
    for (let minute = 0; minute < 10; minute++) {
      await post.deliver();
      post.clock.pass(MINUTE);
    }
    const { clock } = post;
    await post.close();
    smtp = await startSmtp();
    clock.pass(HOUR);
    post = await openPost(smtp.url, {}, { folder, clock });
    await post.deliver();
    clock.pass(HOUR);
    await post.deliver();
    expect(recipients()).toEqual(BOTH);
    expect(smtp.messages[0]?.subject).toBe('3 photos are waiting');
    await removeFolder(folder);
  });

  it('I2 greylists: the second attempt is taken, once for each', async () => {
    smtp.setBehaviour({ greylist: true });
    post = await openPost(smtp.url);
    await plant(post, 1, ROWS_ONLY);
    await post.deliver();
    expect(smtp.messages).toEqual([]);
    post.clock.pass(MINUTE);
    await post.deliver();
    post.clock.pass(HOUR);
    await post.deliver();
    expect(recipients()).toEqual(BOTH);
  });

  it('I3 refuses one recipient: the others are served, and this one is given up', async () => {
    smtp.setBehaviour({ refuseRecipients: ['ada@example.org'] });
    post = await openPost(smtp.url);
    await plant(post, 1, ROWS_ONLY);
    await post.deliver();
    expect(recipients()).toEqual(['bo@example.org']);
    expect((await stateOf('digest')).sort()).toEqual(['given-up', 'sent']);
  });

  it.each(['connect', 'ehlo', 'mail', 'rcpt', 'data', 'dot'] as const)(
    'I4 hangs at %s: the next mail passes it by, and it follows under the same Message-ID',
    async (stage) => {
      post = await openPost(smtp.url);
      await plant(post, 1, ROWS_ONLY);
      smtp.setBehaviour({ hang: stage });
      const hanging = deliverNext(post.tools);
      await expect.poll(() => reached(stage)).toBe(true);
      smtp.setBehaviour({});
      await deliverNext(post.tools);
      const second = smtp.messages.at(-1)?.messageId;
      await hanging;
      const [put] = (await outbox()).filter(({ state }) => state === 'queued');
      expect(put?.attempts).toBe(1);

      post.clock.pass(MINUTE);
      await post.deliver();
      const ids = smtp.messages.map(({ messageId }) => messageId);
      expect(ids.at(-1)).toBe(`<${put?.id}@localhost>`);
      // After the dot the server has the mail already: a copy, and recognisable as one.
      expect(ids).toHaveLength(stage === 'dot' ? 3 : 2);
      expect(new Set(ids)).toEqual(new Set([second, ids.at(-1)]));
    },
  );
});

/** Whether a connection has got as far as this stage. */
function reached(stage: string): boolean {
  const said = smtp.transcript.join('\n');
  if (stage === 'connect') return smtp.connections() > 0;
  if (stage === 'dot') return smtp.messages.length > 0;
  return said.includes(`C: ${stage.toUpperCase()}`);
}

describe('announcing photos', () => {
  it.each([
    [5, 13, ARRIVALS],
    [30, 3, 200],
  ])(
    'I8 makes a window of %i minutes at most %i mails an hour',
    async (window, most, arrivals) => {
      post = await openPost(smtp.url, {
        DIGEST_MINUTES: String(window),
        MODERATORS: 'ada@example.org',
      });
      for (let arrival = 0; arrival < arrivals; arrival++) {
        await plant(post, 1, ROWS_ONLY);
        await post.deliver();
        post.clock.pass(HOUR / arrivals);
      }
      expect(smtp.messages.length).toBeLessThanOrEqual(most);
      expect(smtp.messages.length).toBeGreaterThanOrEqual(most - 1);
      post.clock.pass(window * MINUTE);
      await post.deliver();
      expect(smtp.messages.at(-1)?.subject).toBe(
        `${arrivals.toLocaleString('en')} photos are waiting`,
      );
      expect(await stateOf('digest')).not.toContain('queued');
    },
    180_000,
  );

  it('I8 announces the first photo after a quiet time at once', async () => {
    post = await openPost(smtp.url);
    await plant(post, 1, ROWS_ONLY);
    await post.deliver();
    post.clock.pass(2 * HOUR);
    await plant(post, 1, ROWS_ONLY);
    await post.deliver();
    expect(recipients()).toEqual([...BOTH, ...BOTH].sort());
  });

  it('I8 announces with the next mail what came while one was being sent', async () => {
    post = await openPost(smtp.url, { MODERATORS: 'ada@example.org' });
    const { send } = post.mailer;
    let late = 1;
    post.tools.mailer = {
      ...post.mailer,
      async send(message) {
        if (late-- > 0) await plant(post, 1, ROWS_ONLY);
        return send(message);
      },
    };
    await plant(post, 1, ROWS_ONLY);
    await post.deliver();
    expect(smtp.messages.map(({ subject }) => subject)).toEqual(['1 photo is waiting']);
    post.clock.pass(30 * MINUTE);
    await post.deliver();
    expect(smtp.messages.map(({ subject }) => subject)).toEqual([
      '1 photo is waiting',
      '2 photos are waiting',
    ]);
  });

  it('C11 says nothing of what a supporter sent', async () => {
    post = await openPost(smtp.url);
    const [planted] = await plant(post, 1, { ...ROWS_ONLY, email: 'supporter@example.net' });
    await post.deliver();
    for (const mail of smtp.messages) {
      expect(mail.text).toContain('Vienna');
      expectNothingPersonal(mail, ['supporter@example.net', planted?.receipt, planted?.id]);
    }
  });
});

describe('telling a supporter', () => {
  const address = 'supporter@example.net';

  async function approveOne(): Promise<string> {
    const [planted] = await plant(post, 1, { ...ROWS_ONLY, email: address });
    const id = planted?.id ?? '';
    const row = await post.store.submissions.byId(id);
    const order = { id, version: row?.version ?? 0, moderatorId: randomUUID() };
    const decision = { ...order, decision: 'approved', criteria: ALL_SEEN } as const;
    expect((await post.store.decisions.decide(decision, post.now())).kind).toBe('done');
    return id;
  }

  it('sends the decision, and never keeps the address in clear', async () => {
    const folder = await makeFolder('compete-post-');
    post = await openPost(smtp.url, {}, { folder });
    const id = await approveOne();
    await expectNowhere(folder, address);
    await post.deliver();
    const [mail, ...more] = mailsTo(address);
    expect(more).toEqual([]);
    if (mail) expectNothingPersonal(mail, [id, 'Vienna']);
    expect(mail?.text).toContain('approved');
    await expectNowhere(folder, address);
    await removeFolder(folder);
  });

  it('sends nothing after a withdrawal', async () => {
    post = await openPost(smtp.url);
    await post.store.submissions.withdraw(await approveOne(), post.now());
    post.clock.pass(HOUR);
    await post.deliver();
    expect(mailsTo(address)).toEqual([]);
  });
});

describe('mail that waits', () => {
  it('I9 while the clock goes a day ahead and back is sent once, and nothing is stuck after it', async () => {
    post = await openPost(smtp.url);
    const mend = () => post.store.dates.mend(post.now());
    smtp.setBehaviour({ refuse: { mail: 451 } });
    post.clock.pass(DAY);
    await plant(post, 1, ROWS_ONLY);
    await post.deliver();
    smtp.setBehaviour({});
    for (const jump of [-DAY, DAY, -DAY, 0]) {
      post.clock.pass(jump);
      await mend();
      await post.deliver();
    }
    expect(recipients()).toEqual(BOTH);

    // The last digest went out a day from now: the next ones come in their usual time.
    post.clock.pass(DAY);
    post.clock.pass(HOUR);
    await plant(post, 1, ROWS_ONLY);
    await post.deliver();
    expect(recipients()).toHaveLength(4);
    post.clock.pass(-DAY);
    await plant(post, 1, ROWS_ONLY);
    await mend();
    await post.deliver();
    post.clock.pass(31 * MINUTE);
    await mend();
    await post.deliver();
    expect(recipients()).toHaveLength(6);
  });

  it('is never given up where no mail server is set', async () => {
    post = await openPost(null);
    await plant(post, 1, ROWS_ONLY);
    for (let hour = 0; hour < 150; hour++) {
      await post.deliver();
      post.clock.pass(HOUR);
    }
    expect(await stateOf('digest')).toEqual(['queued', 'queued']);
  });

  it('is not sent when it is a sign-in link that no longer works', async () => {
    post = await openPost(smtp.url);
    const ada = await post.store.moderators.byAddress('ada@example.org');
    const expiresAt = new Date(post.now().getTime() + 10 * MINUTE);
    await post.store.outbox.queueSignIn(ada?.id ?? '', 'token', post.now(), expiresAt);
    post.clock.pass(10 * MINUTE);
    await post.deliver();
    expect(smtp.messages).toEqual([]);
    expect(await stateOf('sign-in')).toEqual(['dropped']);
  });
});

/** What the planted submissions say, and whatever else is nobody's business in a mailbox. */
function expectNothingPersonal(mail: ReceivedMail, more: (string | undefined)[]): void {
  const whole = [mail.subject, mail.text, mail.html, mail.raw].join('\n');
  for (const text of ['Canary', 'Ayşə', 'Wien', ...more]) {
    if (text && !mail.envelope.to.includes(text)) expect(whole).not.toContain(text);
  }
  expect(mail.raw).not.toMatch(/content-type: (image|application)|<img|cid:/i);
}

async function expectNowhere(folder: string, text: string): Promise<void> {
  const data = (await readDisk(folder)).filter(([name]) => name.startsWith('data.db'));
  expect(data.length).toBeGreaterThan(0);
  for (const [name, bytes] of data) {
    expect(bytes.includes(text), name).toBe(false);
  }
}

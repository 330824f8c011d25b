import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import PostalMime, { type Address } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { type Stage, tap } from './smtp-tap.ts';

/**
 * A real SMTP server for tests, on a free loopback port:
 *
 *     const smtp = await startSmtp();
 *     ... the service sends to smtp.url ...
 *     const [mail] = await smtp.waitFor(1);
 *     smtp.setBehaviour({ hang: 'rcpt' });    // from now on
 *     smtp.setBehaviour({});                  // well-behaved again
 *     await smtp.stop();
 *
 * Behaviours hold for every command after the call, also on open connections.
 */
export interface Behaviour {
  /**
   * Falls silent at this stage with the connection open: before the greeting (`connect`), without
   * an answer to EHLO, MAIL or RCPT, in the middle of the message (`data`), or after the message
   * was taken (`dot`: it is in `messages`, but the sender never hears of it).
   */
  hang?: Stage;
  /** Closes the connection at this stage without a word; after `dot` the message was taken. */
  drop?: Stage;
  /** Answers with this status at a stage, e.g. `{ mail: 550 }`; `auth` needs the option `auth`. */
  refuse?: Partial<Record<'connect' | 'auth' | 'mail' | 'rcpt' | 'dot', number>>;
  /** These recipients get 550, all others are taken. */
  refuseRecipients?: string[];
  /** The first attempt of every recipient gets 451, the second is taken. */
  greylist?: boolean;
  /** Answers one byte a second. */
  trickle?: boolean;
}

export interface ReceivedMail {
  /** Who it went from and to by SMTP, whatever its headers say. */
  envelope: { from: string; to: string[] };
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** With its angle brackets. */
  messageId: string;
  /** In order, names as sent. */
  headers: { name: string; value: string }[];
  raw: string;
}

export interface SmtpOptions {
  behaviour?: Behaviour;
  /** When set, mail is only taken after signing in so. */
  auth?: { user: string; pass: string };
  /** With smtp-server's own certificate for localhost, which nobody signed. Default `none`. */
  tls?: 'none' | 'starttls' | 'implicit';
}

export interface SmtpServer {
  /** For `SMTP_URL`, without credentials. */
  url: string;
  port: number;
  messages: ReceivedMail[];
  /** Every line of every connection, `C: ` from the client, `S: ` from the server. */
  transcript: string[];
  setBehaviour(behaviour: Behaviour): void;
  /** The messages, once there are at least `count`; rejects after `ms`. */
  waitFor(count: number, ms?: number): Promise<ReceivedMail[]>;
  /** Connections open right now. */
  connections(): number;
  /** Forgets messages, transcript and greylisted recipients. */
  clear(): void;
  stop(): Promise<void>;
}

export async function startSmtp(options: SmtpOptions = {}): Promise<SmtpServer> {
  let behaviour = options.behaviour ?? {};
  const messages: ReceivedMail[] = [];
  const transcript: string[] = [];
  const seen = new Set<string>();
  const keep = async (mail: Promise<ReceivedMail>) => void messages.push(await mail);

  const server = new SMTPServer(serverOptions(options, () => behaviour, seen, keep));
  server.on('error', () => {}); // clients that vanish are what these tests are about
  const inner = await listen(server.server);
  const door = createServer(
    tap({
      port: inner,
      encrypted: options.tls === 'implicit',
      faults: () => behaviour,
      transcript,
    }),
  );
  const port = await listen(door);
  const sockets = trackSockets(door);

  return {
    url: `${options.tls === 'implicit' ? 'smtps' : 'smtp'}://127.0.0.1:${port}`,
    port,
    messages,
    transcript,
    setBehaviour: (next) => {
      behaviour = next;
    },
    waitFor: (count, ms = 5000) => waitFor(messages, count, ms),
    connections: () => sockets.size,
    clear: () => {
      messages.length = 0;
      transcript.length = 0;
      seen.clear();
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => door.close(done));
      await new Promise<void>((done) => server.close(done));
    },
  };
}

function serverOptions(
  { auth, tls = 'none' }: SmtpOptions,
  behaviour: () => Behaviour,
  seen: Set<string>,
  keep: (mail: Promise<ReceivedMail>) => Promise<void>,
): SMTPServerOptions {
  const refusal = (stage: keyof NonNullable<Behaviour['refuse']>, who = '') =>
    answer(behaviour().refuse?.[stage], who);
  return {
    logger: false,
    secure: tls === 'implicit',
    disabledCommands: [...(tls === 'starttls' ? [] : ['STARTTLS']), ...(auth ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    authOptional: !auth,
    closeTimeout: 100,
    onConnect: (_session, done) => done(refusal('connect')),
    onAuth: ({ username, password }, _session, done) => {
      if (refusal('auth')) return done(refusal('auth'));
      const right = username === auth?.user && password === auth?.pass;
      return right ? done(null, { user: username }) : done(answer(535));
    },
    onMailFrom: ({ address }, _session, done) => done(refusal('mail', address)),
    onRcptTo: ({ address }, _session, done) => {
      const greylisted = behaviour().greylist && !seen.has(address);
      seen.add(address);
      const unknown = behaviour().refuseRecipients?.includes(address);
      done(
        refusal('rcpt', address) ?? answer(unknown ? 550 : greylisted ? 451 : undefined, address),
      );
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refused = refusal('dot');
        if (refused) return done(refused);
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        const to = envelope.rcptTo.map(({ address }) => address);
        keep(parseMail(Buffer.concat(chunks), { from, to })).then(() => done(), done);
      });
    },
  };
}

/** Real servers quote the address in what they say; so does this one. */
function answer(status: number | undefined, who = ''): Error | null {
  if (status === undefined) return null;
  return Object.assign(new Error(`no thanks <${who}>`), { responseCode: status });
}

async function parseMail(raw: Buffer, envelope: ReceivedMail['envelope']): Promise<ReceivedMail> {
  const mail = await PostalMime.parse(raw);
  return {
    envelope,
    from: addresses(mail.from ? [mail.from] : [])[0] ?? '',
    to: addresses(mail.to ?? []),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    messageId: mail.messageId ?? '',
    headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    raw: raw.toString('utf8'),
  };
}

function addresses(list: Address[]): string[] {
  return list.flatMap((entry) => entry.address ?? entry.group?.map(({ address }) => address) ?? []);
}

async function waitFor(messages: ReceivedMail[], count: number, ms: number) {
  const end = Date.now() + ms;
  while (messages.length < count) {
    if (Date.now() > end) throw new Error(`${messages.length} of ${count} mails after ${ms} ms`);
    await sleep(10);
  }
  return messages;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

function trackSockets(server: Server) {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  return sockets;
}

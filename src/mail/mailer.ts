import type { SendMailOptions, Transporter } from 'nodemailer';
import { isAddress } from './address.ts';
import { CLOSING, later, NO_SMTP, never, type SendOutcome, sortFailure } from './outcome.ts';
import { TIMEOUTS, type Timeouts, transportOptions } from './transport.ts';

export type { SendOutcome } from './outcome.ts';

export interface Message {
  /** One bare address. */
  to: string;
  /** The part of the Message-ID before the `@`: stable over retries, so that a message delivered twice is recognised. */
  messageId: string;
  subject: string;
  text: string;
  html: string;
  /** Only `List-...`, for unsubscribing; every other header is the mailer's own. */
  headers?: Record<string, string>;
}

export interface Mailer {
  /** False without `SMTP_URL`: messages then stay in the outbox. */
  readonly configured: boolean;
  /** Never rejects; ends within the message deadline whatever the server does. */
  send(message: Message): Promise<SendOutcome>;
  /** Ends deliveries under way, and those that are asked for later, as `later('closing')`. */
  close(): void;
}

export interface MailerOptions {
  smtpUrl: string | undefined;
  /** One bare address. */
  from: string;
  /** Its host is our name towards the server and in Message-IDs. */
  publicUrl: string;
  timeouts?: Partial<Timeouts>;
}

export function openMailer(options: MailerOptions): Mailer {
  if (!options.smtpUrl) return unconfigured;
  if (!isAddress(options.from)) throw new Error('MAIL_FROM must be exactly one mail address');
  return configured({ ...options, smtpUrl: options.smtpUrl });
}

const unconfigured: Mailer = {
  configured: false,
  send: async () => later(NO_SMTP),
  close: () => {},
};

function configured(options: MailerOptions & { smtpUrl: string }): Mailer {
  const host = new URL(options.publicUrl).hostname;
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const transport = transportOptions(options.smtpUrl, host, timeouts);
  const connect = once(async () => {
    // Loaded with the first message: a start should not wait for it.
    const { createTransport } = await import('nodemailer');
    return createTransport(transport);
  });
  const underWay = new Set<AbortController>();
  let closed = false;

  async function send(message: Message): Promise<SendOutcome> {
    const fault = faultOf(message);
    if (fault) return never(fault);
    if (closed) return later(CLOSING);
    const abort = new AbortController();
    underWay.add(abort);
    // nodemailer's own timeouts start anew with every byte: one byte a second would pass them all.
    const deadline = setTimeout(() => abort.abort('deadline'), timeouts.message);
    try {
      return await deliver(await connect(), mailOf(message, options.from, host), abort.signal);
    } finally {
      clearTimeout(deadline);
      underWay.delete(abort);
    }
  }

  const close = () => {
    closed = true;
    for (const abort of underWay) abort.abort(CLOSING);
  };
  return { configured: true, send, close };
}

async function deliver(
  transport: Transporter,
  mail: SendMailOptions,
  signal: AbortSignal,
): Promise<SendOutcome> {
  try {
    await transport.sendMail({ ...mail, signal });
    return { kind: 'sent' };
  } catch (error) {
    return signal.aborted ? later(String(signal.reason)) : sortFailure(error as Error);
  }
}

/** What makes a message undeliverable by itself; callers build messages, so these are their mistakes. */
function faultOf({ to, messageId, headers = {} }: Message): string | null {
  if (!isAddress(to)) return 'bad-address';
  if (!/^[\w.-]{1,128}$/.test(messageId)) return 'bad-message-id';
  return Object.keys(headers).every((name) => /^List-[A-Za-z-]+$/.test(name)) ? null : 'bad-header';
}

function mailOf(message: Message, from: string, host: string): SendMailOptions {
  const { to, messageId, subject, text, html, headers } = message;
  return {
    // Objects: nodemailer would take a string apart at every comma.
    from: { name: '', address: from },
    to: { name: '', address: to },
    // Fixed here, so that no header can ever add a recipient.
    envelope: { from, to: [to] },
    messageId: `<${messageId}@${host}>`,
    subject,
    text,
    html,
    headers: { ...headers, 'Auto-Submitted': 'auto-generated' },
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

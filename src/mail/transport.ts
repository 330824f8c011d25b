import type { SMTPTransportOptions } from 'nodemailer';

/** Milliseconds. The first three bound one stage each, `message` everything about one message. */
export interface Timeouts {
  connect: number;
  greeting: number;
  /** Without a single byte from the server; every byte starts it anew. */
  idle: number;
  message: number;
}

export const TIMEOUTS: Timeouts = {
  connect: 15_000,
  greeting: 15_000,
  idle: 20_000,
  message: 60_000,
};

/** How long a server may take to close its side before the socket is destroyed. */
const CLOSE_MS = 1_000;

/**
 * `SMTP_URL` as nodemailer reads it: what stands in the URL's query wins over what is set here.
 * `clientName` is what we call ourselves in EHLO; nodemailer would give away the machine's name.
 */
export function transportOptions(
  smtpUrl: string,
  clientName: string,
  timeouts: Timeouts,
): SMTPTransportOptions {
  return {
    url: smtpUrl,
    ...encryption(new URL(smtpUrl)),
    name: clientName,
    connectionTimeout: timeouts.connect,
    dnsTimeout: timeouts.connect,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.idle,
    socketCloseTimeout: CLOSE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/**
 * Nothing leaves the machine in clear unless the URL itself says `?ignoreTLS=true`. On the machine
 * TLS guards nothing, and local mail servers carry certificates nobody signed.
 */
function encryption(url: URL): Pick<SMTPTransportOptions, 'requireTLS' | 'ignoreTLS'> {
  if (isLoopback(url.hostname)) return { ignoreTLS: true };
  return { requireTLS: url.searchParams.get('ignoreTLS') !== 'true' };
}

function isLoopback(host: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(host);
}

import type { NodemailerError } from 'nodemailer';

/**
 * What became of a message. `why` is a code and the SMTP status, for logs and staff pages: never
 * the server's own words, because they tend to quote the recipient.
 */
export type SendOutcome =
  | { kind: 'sent' }
  | { kind: 'later'; why: string }
  | { kind: 'never'; why: string };

export const later = (why: string): SendOutcome => ({ kind: 'later', why });
export const never = (why: string): SendOutcome => ({ kind: 'never', why });

/** Why a message is kept where no mail server is set. */
export const NO_SMTP = 'no-smtp';
/** Why a message is put off while the service stops. */
export const CLOSING = 'closing';

/** Answers to these commands judge the message; all others, also to our sender, judge the settings. */
const JUDGEMENTS: Record<string, string> = {
  'RCPT TO': 'recipient-refused',
  DATA: 'message-refused',
};

/** 5xx that ask for a better sign-in: mended in the settings, not by dropping the message. */
const SIGN_IN_STATUS = new Set([530, 534, 535, 538]);

const TIMEOUT_REASONS: Record<string, string> = {
  CONNECT_TIMEOUT: 'timeout-connect',
  GREETING_TIMEOUT: 'timeout-greeting',
  UPGRADE_TIMEOUT: 'timeout-tls',
  SOCKET_TIMEOUT: 'timeout-idle',
};

const CONNECTION_REASONS: Record<string, string> = {
  EDNS: 'host-unknown',
  ECONNECTION: 'connection-lost',
  ESOCKET: 'connection-lost',
  ETLS: 'tls-refused',
  EPROTOCOL: 'server-refused',
  ENOAUTH: 'sign-in-refused',
  EAUTH: 'sign-in-refused',
};

/** OpenSSL's and Node's codes for a certificate that does not prove who the server is. */
const CERTIFICATE = /CERT|SELF_SIGNED|ISSUER|UNTRUSTED|CRL/;

/** Sorts a failed delivery. Whatever it does not know is tried again: a mail is never dropped by guess. */
export function sortFailure(error: NodemailerError): SendOutcome {
  const why = `${reason(error)} ${error.responseCode ?? ''}`.trim();
  return isFinal(error) ? never(why) : later(why);
}

function isFinal(error: NodemailerError): boolean {
  if (judgement(error) === undefined) return false;
  const { responseCode: status } = error;
  if (status === undefined) return error.code === 'EMESSAGE' || error.code === 'EENVELOPE';
  return error.permanent === true && !SIGN_IN_STATUS.has(status);
}

function judgement(error: NodemailerError): string | undefined {
  const answered = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  return answered ? JUDGEMENTS[error.command ?? ''] : undefined;
}

function reason(error: NodemailerError): string {
  if (error.command === 'MAIL FROM' && error.responseCode) return 'sender-refused';
  return judgement(error) ?? timeout(error) ?? connection(error) ?? `unexpected ${label(error)}`;
}

function timeout(error: NodemailerError): string | undefined {
  return TIMEOUT_REASONS[error.timeoutType ?? ''];
}

function connection(error: NodemailerError): string | undefined {
  if (error.originalCode === 'ECONNREFUSED') return 'connection-refused';
  if (CERTIFICATE.test(error.originalCode ?? '')) return 'tls-certificate';
  return CONNECTION_REASONS[error.code ?? ''];
}

function label(error: NodemailerError): string {
  return error.code ?? error.name;
}

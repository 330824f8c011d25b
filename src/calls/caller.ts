import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { type RequestOptions, request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { isPublicAddress } from './addresses.ts';
import { isPrivateHost } from './target.ts';

/** What became of a call. `why` is a code, never the other side's words. */
export type CallOutcome =
  | { kind: 'taken'; why: string }
  | { kind: 'later'; why: string }
  /** The other side wants no more calls. */
  | { kind: 'gone'; why: string };

export interface Caller {
  /** Never rejects; ends within the deadline. Follows no redirect and reads no answer. */
  post(url: string, headers: Record<string, string>, body: string): Promise<CallOutcome>;
}

interface CallerOptions {
  /** Whether plain http and addresses that are not public may be called. */
  toPrivate: boolean;
  timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;
const PRIVATE = 'private-address';

/** Codes of Node and OpenSSL, in fewer words. */
const REASONS: [pattern: RegExp, why: string][] = [
  [/^ENOTFOUND$|^EAI_/, 'host-unknown'],
  [/^ECONNREFUSED$/, 'connection-refused'],
  [/TIMEOUT|ABORT|TimedOut/i, 'timeout'],
  [/CERT|SELF_SIGNED|ISSUER|UNTRUSTED|CRL|ALTNAME/, 'certificate-refused'],
  [/SSL|TLS|EPROTO/, 'tls-refused'],
];

/** Calls other sites. Where it may not call just anybody, it looks at the very address it connects to. */
export function openCaller({ toPrivate, timeoutMs = TIMEOUT_MS }: CallerOptions): Caller {
  return {
    async post(text, headers, body) {
      const url = new URL(text);
      if (!toPrivate && (url.protocol !== 'https:' || isPrivateHost(url.hostname))) {
        return { kind: 'later', why: PRIVATE };
      }
      const options: RequestOptions = {
        method: 'POST',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
        ...(!toPrivate && { lookup: lookupPublic as RequestOptions['lookup'] }),
      };
      try {
        return outcomeOf(await statusOf(url, options, body));
      } catch (error) {
        return { kind: 'later', why: reason(error as NodeJS.ErrnoException) };
      }
    },
  };
}

function statusOf(url: URL, options: RequestOptions, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = url.protocol === 'https:' ? request(url, options) : requestPlain(url, options);
    call.once('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    // Stays: breaking off the answer may be an error of the connection, too.
    call.on('error', reject);
    call.end(body);
  });
}

function outcomeOf(status: number): CallOutcome {
  const why = `status ${status}`;
  if (status >= 200 && status < 300) return { kind: 'taken', why };
  return { kind: status === 410 ? 'gone' : 'later', why };
}

function reason({ code = '', name }: NodeJS.ErrnoException): string {
  if (code === PRIVATE) return PRIVATE;
  const known = REASONS.find(([pattern]) => pattern.test(`${code}`) || pattern.test(name));
  return known?.[1] ?? 'connection-lost';
}

type Found = (error: Error | null, found?: string | LookupAddress[], family?: number) => void;

/**
 * Looks a name up as usual, and hands on only public addresses. The connection is made to what is
 * handed on, so a name that says something else the next time gains nothing.
 */
function lookupPublic(hostname: string, options: LookupOptions, done: Found): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error);
    const [first, ...rest] = addresses.filter(({ address }) => isPublicAddress(address));
    if (!first) return done(Object.assign(new Error(PRIVATE), { code: PRIVATE }));
    if (options.all) done(null, [first, ...rest]);
    else done(null, first.address, first.family);
  });
}

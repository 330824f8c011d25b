import { isIP } from 'node:net';
import { isPublicAddress } from './addresses.ts';

const LONGEST = 1000;

/** What is wrong with the address of a site to be called: a code of `field.<code>`; null: nothing. */
export function faultOfTarget(text: string, toPrivate: boolean): string | null {
  if (text.length > LONGEST || !URL.canParse(text)) return 'webhook-url';
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username || password || hash) return 'webhook-url';
  if (protocol !== 'https:' && !(toPrivate && protocol === 'http:')) return 'webhook-url';
  return toPrivate || !isPrivateHost(hostname) ? null : 'webhook-private';
}

/** An address that is not public, or a name only a private network can know. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isIP(host)) return !isPublicAddress(host);
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/i.test(host);
}

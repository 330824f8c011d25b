import type { Area } from '../../src/submission/areas.ts';
import type { Service } from './service.ts';

/** The fields of a submission that is all right. */
export const FIELDS = { embassy: 'embassy-vienna', city: 'Wien', consent: 'yes' };

/** Sends a photo as a supporter. Pass `fields` to change or add fields, `headers` for an idempotency key. */
export async function sendPhoto(
  service: Pick<Service, 'url'>,
  photo: Buffer | null,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
  signal: AbortSignal | null = null,
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...FIELDS, ...fields })) form.append(name, value);
  if (photo) form.append('photo', new Blob([new Uint8Array(photo)]), 'photo.jpg');
  return fetch(`${service.url}/api/v1/submissions`, {
    method: 'POST',
    body: form,
    headers,
    signal,
  });
}

/** A supporter's call with the receipt. */
export function withReceipt(
  service: Pick<Service, 'url'>,
  receipt: string,
  method = 'GET',
  body?: object,
): Promise<Response> {
  return fetch(`${service.url}/api/v1/receipt`, {
    method,
    headers: {
      authorization: `Bearer ${receipt}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** A signed-in moderator. */
export interface Staff {
  cookie: string;
  csrf: string;
  get(path: string): Promise<Response>;
  post(path: string, body: object): Promise<Response>;
}

/** Signs a moderator in by a link of the command line. */
export async function signIn(
  service: Pick<Service, 'url' | 'command'>,
  address = 'ada@example.org',
): Promise<Staff> {
  const printed = await service.command('moderator', 'sign-in', address);
  // A test may have the program print more before it.
  const link = printed.split('\n').at(-1) ?? '';
  const token = new URL(link).searchParams.get('token') ?? '';
  const response = await fetch(`${service.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  if (!response.ok) throw new Error(await response.text());
  const cookie = response.headers
    .getSetCookie()
    .map((text) => text.split(';')[0])
    .join('; ');
  const { csrfToken: csrf } = (await response.json()) as { csrfToken: string };
  return {
    cookie,
    csrf,
    get: (path) => fetch(service.url + path, { headers: { cookie } }),
    post: (path, body) =>
      fetch(service.url + path, {
        method: 'POST',
        headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}

const SUBMISSIONS = '/api/v1/moderation/submissions';
const ALL_SEEN = { flag: true, slogan: true, embassy: true };

/** `facesCovered`: the word that every face is covered, which some photos need. */
export function approve(
  staff: Staff,
  id: string,
  version: number,
  facesCovered?: boolean,
): Promise<Response> {
  const body = { version, criteria: ALL_SEEN, ...(facesCovered !== undefined && { facesCovered }) };
  return staff.post(`${SUBMISSIONS}/${id}/approval`, body);
}

/** Has areas painted over. */
export function cover(staff: Staff, id: string, version: number, areas: Area[]): Promise<Response> {
  return staff.post(`${SUBMISSIONS}/${id}/covers`, { version, areas });
}

export function reject(staff: Staff, id: string, version: number): Promise<Response> {
  return staff.post(`${SUBMISSIONS}/${id}/rejection`, { version, reason: 'no-flag' });
}

export function reopen(staff: Staff, id: string, version: number): Promise<Response> {
  return staff.post(`${SUBMISSIONS}/${id}/reopening`, { version });
}

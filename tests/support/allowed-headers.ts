import type { Answer } from './http.ts';

const YEAR_S = 31_536_000;
/** What every single answer must say. */
const NEEDED: Record<string, (value: string) => boolean> = {
  'content-security-policy': isClosed,
  'cross-origin-opener-policy': (value) => value === 'same-origin',
  'cross-origin-resource-policy': (value) => ['same-origin', 'cross-origin'].includes(value),
  'origin-agent-cluster': (value) => value === '?1',
  'permissions-policy': (value) => /camera=\(\).*microphone=\(\).*payment=\(\)/.test(value),
  'referrer-policy': (value) => value === 'no-referrer',
  'strict-transport-security': (value) => Number(/^max-age=(\d+)/.exec(value)?.[1]) >= YEAR_S,
  'x-content-type-options': (value) => value === 'nosniff',
  'x-dns-prefetch-control': (value) => value === 'off',
  'x-download-options': (value) => value === 'noopen',
  'x-permitted-cross-domain-policies': (value) => value === 'none',
  'x-xss-protection': (value) => value === '0',
};
/** What any answer may say beside that. */
const USUAL = [
  ...['connection', 'keep-alive', 'date', 'content-type', 'content-length', 'transfer-encoding'],
  ...['cache-control', 'content-encoding', 'etag', 'vary', 'retry-after'],
];
/** What scripts of other sites may read. */
const DATA =
  /^\/(api\/v1\/(gallery|embassies|coverage)|photos|cards|assets|gallery\.|oembed|embed\.js|mosaic.*jpg)/;
/** What only some addresses say. */
const SOME: [header: string, path: RegExp][] = [
  ['x-frame-options', /^/],
  ['access-control-allow-origin', DATA],
  ['access-control-expose-headers', DATA],
  ['access-control-allow-methods', DATA],
  ['x-ratelimit-limit', /^\/(api\/v1\/(gallery|embassies|coverage|session)|moderation|embed\/kit)/],
  ['x-ratelimit-remaining', /^\/(api\/v1\/(gallery|embassies|coverage|session)|moderation|embed)/],
  ['x-ratelimit-reset', /^\/(api\/v1\/(gallery|embassies|coverage|session)|moderation|embed\/kit)/],
  ['accept-ranges', /^\/(photos\/|assets\/|mosaic)/],
  ['content-range', /^\/(photos\/|assets\/|mosaic)/],
  ['last-modified', /^\/assets\//],
  [
    'x-robots-tag',
    /^\/(send|receipt|moderation|api\/v1\/(receipt|submissions|challenge|moderation|session))/,
  ],
  ['set-cookie', /^(\/api\/v1)?\/(moderation|session)/],
  ['location', /^\/moderation/],
  ['content-disposition', /^\/moderation\/log\.csv/],
  ['clear-site-data', /^\/(moderation\/sign-out|api\/v1\/session)/],
  ['x-accel-buffering', /^\/api\/v1\/moderation\/events/],
];

/** Nothing by default, nothing inline, nothing framed but the frame. */
function isClosed(policy: string): boolean {
  const has = (text: string) => policy.replace(/; */g, ';').split(';').includes(text);
  const closed = ["default-src 'none'", "object-src 'none'", "base-uri 'none'"].every(has);
  const framed = has("frame-ancestors 'none'") || has('frame-ancestors *');
  return closed && framed && !/unsafe-inline|unsafe-eval(?<!wasm-unsafe-eval)|https?:/.test(policy);
}

/** What the headers of an answer lack, say wrongly, or should not say. */
export function headerFaults(path: string, { headers, status }: Answer): string[] {
  const faults: string[] = [];
  for (const [name, isRight] of Object.entries(NEEDED)) {
    if (!isRight(String(headers[name]))) faults.push(`${name}: ${headers[name]}`);
  }
  for (const name of Object.keys(headers)) {
    const places = SOME.find(([header]) => header === name)?.[1];
    const known = name in NEEDED || USUAL.includes(name) || places?.test(path);
    if (!known) faults.push(`has ${name}`);
  }
  const { 'x-frame-options': frames, 'content-security-policy': policy } = headers;
  const opened = frames === undefined || policy?.includes('frame-ancestors *');
  if (opened && !/^\/embed(\?|$)/.test(path)) faults.push('may be framed');
  if (status >= 400 && headers['cache-control'] !== 'no-store') faults.push('may be kept');
  return faults;
}

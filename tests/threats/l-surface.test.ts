import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enginePlaces } from '../support/engines.ts';
import { type Answer, type Ask, ask, eventually } from '../support/http.ts';
import { approve, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { type SmtpServer, startSmtp } from '../support/smtp.ts';
import { storedFiles } from '../support/uploads.ts';

/** Has the process print where it connects to, whoever in it does. */
const TELL_CONNECTIONS = `
import net from 'node:net';
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [to] = args.flat();
  const { host, port, path } = typeof to === 'string' ? { path: to } : to ?? {};
  console.error('CONNECTS', path ?? host + ':' + port);
  return connect.apply(this, args);
};`;
const NAMES = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** All the paths there may be, with their modes. */
const ALLOWED: [path: RegExp, mode: number][] = [
  [/^data\.db(-wal|-shm|\.lock(-journal)?|\.reserve(\.[0-9a-f]+\.part)?)?$/, 0o600],
  [/^uploads\/taken-back$/, 0o600],
  [/^(tmp|uploads)$/, 0o755],
  [/^uploads\/private(\/[0-9a-f]{2})?$/, 0o700],
  [new RegExp(`^uploads/private/[0-9a-f]{2}/${NAMES}\\.(original|master|480|960|1920)$`), 0o600],
  [new RegExp(`^uploads/public(/${NAMES}|/mosaic)?$`), 0o755],
  [new RegExp(`^uploads/public/(${NAMES}|mosaic)/[a-z0-9-]+\\.(jpg|avif)$`), 0o644],
];

let smtp: SmtpServer;
let service: Service;

beforeAll(async () => {
  smtp = await startSmtp();
  service = await startService({
    SMTP_URL: smtp.url,
    DIGEST_MINUTES: '0',
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(TELL_CONNECTIONS)}`,
    TMPDIR: '/nowhere-to-write',
  });
});
afterAll(async () => {
  await service?.dispose();
  await smtp?.stop();
});

const call = (path: string, options: Ask = {}): Promise<Answer> => ask(service.url + path, options);

it('L7 L8 a photo from sender to gallery and back touches only these files and the mail server', async () => {
  const staff = await signIn(service);
  const before = service.output().length;
  const sent = async (seed: number) => {
    const answer = await sendPhoto(service, await photo({ seed }), { email: 'su@example.net' });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { id: string; receipt: string };
  };
  const [one, other] = [await sent(1), await sent(2)];
  for (const { id } of [one, other]) expect((await approve(staff, id, 2)).status).toBe(200);
  await eventually(async () => (await call(`/photos/${one.id}/card.jpg`)).status === 200);
  expect((await withReceipt(service, other.receipt, 'DELETE')).status).toBe(204);
  await smtp.waitFor(2, 15_000);

  const strange: string[] = [];
  const entries = await readdir(service.folder, { recursive: true });
  expect((await storedFiles(service)).some((path) => path.endsWith('card.jpg'))).toBe(true);
  for (const path of entries) {
    const { mode } = await stat(join(service.folder, path));
    const allowed = ALLOWED.find(([pattern]) => pattern.test(path))?.[1];
    if (allowed === undefined || (mode & 0o777 & ~allowed) > 0) {
      strange.push(`${path} ${(mode & 0o777).toString(8)}`);
    }
  }
  expect(strange).toEqual([]);

  const told = service.output().slice(before);
  const places = [...told.matchAll(/CONNECTS (\S+)/g)].map(([, place]) => place);
  const mailServer = `127.0.0.1:${smtp.port}`;
  expect(places).toContain(mailServer);
  // Where rows and photos are it may have been connected to before.
  const known = [mailServer, ...enginePlaces()];
  expect(places.filter((place) => !known.includes(place ?? ''))).toEqual([]);
});

it('L3 are RFC 9457 to programs and pages to people', async () => {
  const html = { headers: { accept: 'text/html,*/*;q=0.8' } };
  const nobody = '/gallery/00000000-0000-4000-8000-000000000000';
  for (const path of ['/nowhere', nobody, '/gallery?limit=0', '/receipt/x', '/%']) {
    const page = await call(path, html);
    expect(page.headers['content-type'], path).toBe('text/html; charset=utf-8');
    expect(page.text).toMatch(/<h1>[^<]+<\/h1>/);
    expect(page.headers['cache-control']).toBe('no-store');
    expect((await call(path)).headers['content-type']).toBe('application/problem+json');
  }
  for (const path of ['/api/v1/nowhere', `/api/v1${nobody}`, '/api/v1/receipt']) {
    const { status, headers, text } = await call(path, html);
    expect(headers['content-type'], path).toBe('application/problem+json');
    const problem = JSON.parse(text);
    expect(problem).toMatchObject({ status, code: expect.stringMatching(/^[a-z-]+$/) });
    expect(problem.type).toMatch(/^[a-z]+:/);
    expect(problem.title.length * problem.detail.length).toBeGreaterThan(0);
  }
});

it('L3 no error tells a stack, a path, a query or a version', async () => {
  const json = { 'content-type': 'application/json' };
  const post = (path: string, type: string, body: string) =>
    call(path, { method: 'POST', headers: { 'content-type': type }, body });
  const answers = await Promise.all(
    [
      ...['/nowhere', '/%', '/%ff', '/docs/x', '/assets/x', '/photos/x/y', '/gallery?cursor=x'],
      ...['/api/v1/gallery?limit=x', '/api/v1/gallery/%00', '/oembed', '/embassies/x', '/cards/x'],
    ].map((path) => call(path)),
  );
  answers.push(await post('/api/v1/session', 'application/json', '{'));
  answers.push(await post('/api/v1/session', 'application/json', '{"__proto__":{}}'));
  answers.push(await post('/api/v1/session', 'text/x', 'x'));
  answers.push(await post('/api/v1/submissions', 'multipart/form-data', 'x'));
  answers.push(await post('/api/v1/submissions', 'multipart/form-data; boundary=x', '--x--'));
  answers.push(await call('/api/v1/receipt', { method: 'PATCH', headers: json, body: '[' }));
  for (const { status, text, headers } of answers) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/\bat .+:\d+|node_modules|\/(src|dist|tmp|home|root)\/|\.[jt]s\b/);
    expect(text).not.toMatch(
      /prisma|sqlite|SELECT |fastify|FST_|zod|unexpected token|\d+\.\d+\.\d+/i,
    );
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  }
});

it('L4 health says ok and nothing else, and what scanners look for is not there', async () => {
  for (const path of ['/health/live', '/health/ready']) {
    expect((await call(path)).text).toBe('{"status":"ok"}');
  }
  const wanted = [
    '/metrics',
    '/.env',
    '/.git/config',
    '/.git/HEAD',
    '/health',
    '/status',
    '/debug',
  ];
  wanted.push('/admin', '/phpinfo.php', '/wp-login.php', '/server-status', '/data.db', '/backup');
  wanted.push('/package.json', '/uploads/', '/dist/main.js', '/actuator/env', '/.well-known/x');
  for (const path of wanted) {
    const { status, headers } = await call(path);
    expect([path, status, headers['cache-control']]).toEqual([path, 404, 'no-store']);
  }
  const authorization = 'Bearer wrong-wrong-wrong-wrong';
  expect((await call('/metrics', { headers: { authorization } })).status).toBe(404);
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { databaseUrl } from '../support/database.ts';
import { signIn } from '../support/people.ts';
import { type Service, startService } from '../support/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService({ MODERATORS: 'ada@example.org' });
});
afterAll(() => service?.dispose());

const run = (...words: string[]) => service.command('moderator', ...words);
const list = async () =>
  (await run('list')).split('\n').map((line) => line.split(/ {2,}/).join(' | '));

it('lists roles and passkeys, adds moderators and admins, and makes admins of moderators', async () => {
  expect(await list()).toEqual(['ada@example.org | admin | 0 passkeys']);
  expect(await run('add', 'bo@example.org')).toBe('bo@example.org may moderate.');
  expect(await run('add', 'bo@example.org', '--admin')).toContain('is an admin');
  expect(await run('add', '--admin', 'cy@example.org')).toContain('is an admin');
  expect(await run('demote', 'cy@example.org')).toContain('no admin any more');
  expect(await list()).toEqual([
    'ada@example.org | admin | 0 passkeys',
    'bo@example.org | admin | 0 passkeys',
    'cy@example.org | moderator | 0 passkeys',
  ]);
});

it('ends the sessions of a running service, and forgets passkeys', async () => {
  const bo = await signIn(service, 'bo@example.org');
  expect((await bo.get('/moderation')).status).toBe(200);
  const database = await openDatabase(databaseUrl(service.folder));
  const [row] = await database.read.session.findMany();
  const passkey = { moderatorId: row?.moderatorId ?? '', publicKey: new Uint8Array(), counter: 0 };
  const rest = { id: 'key', transports: [], name: 'Lost', addedAt: new Date() };
  await database.write((tx) => tx.passkey.create({ data: { ...passkey, ...rest } }));
  expect((await list())[1]).toBe('bo@example.org | admin | 1 passkey');
  expect(await run('reset', 'bo@example.org')).toContain('has no passkeys');
  expect((await list())[1]).toBe('bo@example.org | admin | 0 passkeys');
  const api = '/api/v1/moderation/log';
  expect((await bo.get(api)).status).toBe(401);
  const [last] = await database.read.logEntry.findMany({ orderBy: { id: 'desc' }, take: 1 });
  expect(last).toMatchObject({ moderatorId: null, decision: 'access-reset' });
  await database.close();
});

it('keeps the last admin, and says why', async () => {
  expect(await run('remove', 'ada@example.org')).toBe('ada@example.org is signed out and removed.');
  expect(await run('remove', 'bo@example.org')).toContain('the last admin');
  expect(await run('demote', 'bo@example.org')).toContain('Make somebody else an admin first');
  expect((await list())[0]).toBe('bo@example.org | admin | 0 passkeys');
});

it.each([
  [],
  ['add'],
  ['add', 'nobody'],
  ['dance', 'bo@example.org'],
  ['remove', 'bo@example.org', '--admin'],
])('says how it is used when it is called with %j', async (...words) => {
  expect(await run(...words)).toMatch(/^npm run moderator -- list \| add/);
});

it('knows nobody it was not told of', async () => {
  for (const act of ['remove', 'reset', 'demote', 'sign-in']) {
    expect(await run(act, 'nobody@example.org')).toBe('nobody@example.org is no moderator.');
  }
});

it('makes those of the settings admins at every start', async () => {
  await run('demote', 'cy@example.org');
  await service.stop();
  await service.restart({ MODERATORS: 'cy@example.org, ada@example.org' });
  expect(await list()).toEqual([
    'bo@example.org | admin | 0 passkeys',
    'cy@example.org | admin | 0 passkeys',
    'ada@example.org | admin | 0 passkeys',
  ]);
});

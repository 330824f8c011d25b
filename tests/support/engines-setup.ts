import { execFileSync } from 'node:child_process';
import { programs, startServer, tell } from './postgresql.ts';
import { startObjectStore } from './s3.ts';

/** The database that those of the tests are copies of. */
export const TEMPLATE = 'template-of-tests';

/**
 * With TEST_ENGINES=postgresql+s3 all tests share a database server and an object store, and each
 * has a database and a bucket of its own there.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  // Each group of tests asks for it.
  if (!process.env.TEST_ENGINES || process.env.TEST_POSTGRESQL) return undefined;
  if (!programs) throw new Error('TEST_ENGINES needs the server (apt: postgresql)');
  const [server, store] = await Promise.all([startServer(), startObjectStore()]);
  await tell(server.url('postgres'), `CREATE DATABASE "${TEMPLATE}"`);
  const maker = new URL('../../build/new-database.ts', import.meta.url).pathname;
  execFileSync('npx', ['tsx', maker, server.url(TEMPLATE)], { stdio: 'inherit' });
  process.env.TEST_POSTGRESQL = server.url('{name}');
  process.env.TEST_OBJECTS = JSON.stringify(store.place);
  return async () => {
    await Promise.all([server.stop(), store.close()]);
  };
}

import { execFileSync } from 'node:child_process';
import { programs, startServer, tell } from './postgresql.ts';

/** The database that those of the tests are copies of. */
export const TEMPLATE = 'template-of-tests';

/** With TEST_DATABASE=postgresql all tests share a server, and each has a database of its own there. */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  // Each group of tests asks for it.
  if (process.env.TEST_DATABASE !== 'postgresql' || process.env.TEST_POSTGRESQL) return undefined;
  if (!programs) throw new Error('TEST_DATABASE=postgresql needs the server (apt: postgresql)');
  const server = await startServer();
  await tell(server.url('postgres'), `CREATE DATABASE "${TEMPLATE}"`);
  const maker = new URL('../../build/new-database.ts', import.meta.url).pathname;
  execFileSync('npx', ['tsx', maker, server.url(TEMPLATE)], { stdio: 'inherit' });
  process.env.TEST_POSTGRESQL = server.url('{name}');
  return server.stop;
}

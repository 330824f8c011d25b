import { randomBytes } from 'node:crypto';
import { appendFile, chmod } from 'node:fs/promises';

/**
 * Makes a key on the first run and keeps it in `.env`, readable for its owner only. Returns the
 * variables with the key in them.
 */
export async function ensureSecretKey(
  environment: Record<string, string | undefined>,
  file = '.env',
): Promise<Record<string, string | undefined>> {
  if (environment.SECRET_KEY) return environment;
  const key = randomBytes(32).toString('base64url');
  await appendFile(file, `SECRET_KEY=${key}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  console.log(
    `Made a SECRET_KEY and kept it in ${file}. Back it up: without it no photo can be opened.`,
  );
  return { ...environment, SECRET_KEY: key };
}

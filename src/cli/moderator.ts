import { z } from 'zod';
import { readConfig, readEnvironment } from '../config.ts';
import { openKeys } from '../keys.ts';
import { makeLink } from '../moderation/sign-in.ts';
import { openData } from '../resources.ts';
import { UsageError } from './run.ts';

const USAGE = 'npm run moderator -- add|remove|list|sign-in ADDRESS';

/** Manages who may moderate. `sign-in` prints a one-time link. */
export async function moderator([act = '', address = '']: string[]): Promise<void> {
  const config = readConfig(readEnvironment());
  const keys = openKeys(config.secretKey);
  const { database, store } = await openData(config, keys);
  const now = () => new Date();
  try {
    if (act === 'list') {
      for (const { address: known } of await store.moderators.list()) console.log(known);
      return;
    }
    const acts: Record<string, () => Promise<string>> = {
      async add() {
        await store.moderators.add(address, now());
        return `${address} may moderate.`;
      },
      async remove() {
        const removed = await store.moderators.remove(address, now());
        return removed ? `${address} is signed out and removed.` : `${address} was no moderator.`;
      },
      async 'sign-in'() {
        const found = await store.moderators.byAddress(address);
        if (!found) return `${address} is no moderator.`;
        const { token } = await makeLink({ store, keys, now }, found.id, null);
        return `${config.publicUrl}/moderation/sign-in?token=${token}`;
      },
    };
    const wanted = Object.hasOwn(acts, act) ? acts[act] : undefined;
    if (!wanted || !z.email().safeParse(address).success) throw new UsageError(USAGE);
    console.log(await wanted());
  } finally {
    await database.close();
  }
}

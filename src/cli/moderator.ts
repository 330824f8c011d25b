import { z } from 'zod';
import { type Config, readConfig, readEnvironment } from '../config.ts';
import { type Keys, openKeys } from '../keys.ts';
import { makeLink } from '../moderation/sign-in.ts';
import { openData } from '../resources.ts';
import type { ModeratorView } from '../store/moderators.ts';
import type { PeopleOutcome } from '../store/people.ts';
import type { Store } from '../store/store.ts';
import { UsageError } from './run.ts';

const USAGE =
  'npm run moderator -- list | add ADDRESS [--admin] | demote|reset|remove|sign-in ADDRESS';

interface Tools {
  config: Config;
  keys: Keys;
  store: Store;
  now: () => Date;
}

/** Manages who may moderate. `sign-in` prints a one-time link, `reset` forgets passkeys. */
export async function moderator([act = '', ...rest]: string[]): Promise<void> {
  const config = readConfig(readEnvironment());
  const keys = openKeys(config.secretKey);
  const { database, store } = await openData(config, keys);
  const tools = { config, keys, store, now: () => new Date() };
  try {
    console.log(act === 'list' ? await list(tools) : await actOn(tools, act, rest));
  } finally {
    await database.close();
  }
}

async function list({ store }: Tools): Promise<string> {
  const people = await store.moderators.list();
  const width = Math.max(...people.map(({ address }) => address?.length ?? 0));
  const lines = people.map(({ address, role, passkeys }) => {
    const counted = passkeys === 1 ? '1 passkey' : `${passkeys} passkeys`;
    return `${address?.padEnd(width)}  ${role.padEnd('moderator'.length)}  ${counted}`;
  });
  return lines.join('\n') || 'Nobody moderates yet.';
}

async function actOn(tools: Tools, act: string, rest: string[]): Promise<string> {
  const asAdmin = act === 'add' && rest.includes('--admin');
  const [address = '', ...more] = rest.filter((word) => !(asAdmin && word === '--admin'));
  const known = Object.hasOwn(ACTS, act) ? ACTS[act] : undefined;
  const isAddress = z.email().safeParse(address).success;
  if (!isAddress || more.length > 0 || (!known && act !== 'add')) throw new UsageError(USAGE);
  if (!known) return add(tools, address, asAdmin);
  const person = await tools.store.moderators.byAddress(address);
  return person ? known(tools, person) : `${address} is no moderator.`;
}

async function add({ store, now }: Tools, address: string, asAdmin: boolean): Promise<string> {
  const wanted = asAdmin ? 'admin' : 'moderator';
  const { role } = await store.moderators.add(address, now(), { role: wanted });
  if (role === 'admin') return `${address} may moderate and is an admin.`;
  const admins = (await store.moderators.list()).filter((person) => person.role === 'admin');
  const hint = admins.length === 0 ? ' Nobody is an admin yet: add --admin makes one.' : '';
  return `${address} may moderate.${hint}`;
}

type Act = (tools: Tools, person: ModeratorView) => Promise<string>;

/** What is done about somebody who is there. */
const ACTS: Record<string, Act> = {
  async demote({ store, now }, { id, address }) {
    const outcome = await store.people.setRole(id, 'moderator', null, now());
    return tell(outcome, `${address} is no admin any more.`);
  },
  async reset({ store, now }, { id, address }) {
    const outcome = await store.people.resetAccess(id, null, now());
    return tell(
      outcome,
      `${address} is signed out and has no passkeys; a mailed link lets them in.`,
    );
  },
  async remove({ store, now }, { id, address }) {
    const outcome = await store.people.remove(id, null, now());
    return tell(outcome, `${address} is signed out and removed.`);
  },
  async 'sign-in'(tools, { id }) {
    const { token } = await makeLink(tools, id, null);
    return `${tools.config.publicUrl}/moderation/sign-in?token=${token}`;
  },
};

function tell(outcome: PeopleOutcome, done: string): string {
  if (outcome !== 'last-admin') return done;
  return 'Nothing was changed: this is the last admin, and without one nobody could be invited. Make somebody else an admin first: add ADDRESS --admin.';
}

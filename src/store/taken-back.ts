import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Keys } from '../keys.ts';
import { isMissing } from './files.ts';

/** What became less of a photo: it is gone, only counts, is covered, or was taken from the public. */
export type Taking = 'withdrawn' | 'counted' | 'covered' | 'hidden';

/**
 * What must not come back with a backup. The list lies beside the photos and is no part of any
 * backup's state: entries are keyed digests that tell neither which photo nor when, and are only
 * ever added.
 */
export interface TakenBack {
  /** Durable when it resolves. */
  add(id: string, taking: Taking): Promise<void>;
  /** What is known of a photo. */
  of(id: string): ReadonlySet<Taking>;
  /** Reads the list, and another one, such as that of a machine that is no more. */
  read(file?: string): Promise<void>;
  /** Whether there is a list at all, and how long it is. */
  size: number | null;
  /** Writes down all that has been read. */
  keep(): Promise<void>;
}

export const TAKEN_BACK = 'taken-back';
const NOTHING: ReadonlySet<Taking> = new Set();
const DIGEST_BYTES = 16;
const LINE = /^(withdrawn|counted|covered|hidden) ([\w-]{22})$/;
const PRIVATE_FILE = 0o600;

/** Opens the list of the photos in `folder`, as far as there is one. */
export async function openTakenBack(folder: string, keys: Keys): Promise<TakenBack> {
  const file = join(folder, TAKEN_BACK);
  const known = new Map<string, Set<Taking>>();
  const digest = (id: string) =>
    keys.digest('taken-back', id).subarray(0, DIGEST_BYTES).toString('base64url');
  let size: number | null = null;

  function learn(name: string, taking: Taking): boolean {
    const takings = known.get(name) ?? new Set();
    const isNew = !takings.has(taking);
    known.set(name, takings.add(taking));
    return isNew;
  }

  async function append(lines: string[]): Promise<void> {
    const list = await open(file, 'a', PRIVATE_FILE);
    try {
      await list.appendFile(lines.map((line) => `${line}\n`).join(''));
      await list.sync();
    } finally {
      await list.close();
    }
    size = known.size;
  }

  const takenBack: TakenBack = {
    async add(id, taking) {
      const name = digest(id);
      if (known.get(name)?.has(taking)) return;
      await append([`${taking} ${name}`]);
      learn(name, taking);
    },

    of: (id) => known.get(digest(id)) ?? NOTHING,

    async read(other = file) {
      const text = await readFile(other, 'utf8');
      for (const line of text.split('\n')) {
        const [, taking, name] = LINE.exec(line) ?? [];
        if (taking && name) learn(name, taking as Taking);
      }
      size = known.size;
    },

    get size() {
      return size;
    },

    async keep() {
      const lines = [...known].flatMap(([name, all]) => [...all].map((each) => `${each} ${name}`));
      await append(lines);
    },
  };
  await takenBack.read().catch((error: unknown) => {
    if (!isMissing(error)) throw error;
  });
  return takenBack;
}

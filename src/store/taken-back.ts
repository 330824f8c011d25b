import type { Keys } from '../keys.ts';
import { readLines, type TakenBackList } from './taken-back-lists.ts';

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
  /** Reads another list too, such as that of a machine that is no more. */
  read(file: string): Promise<void>;
  /** Whether there is a list at all, and how long it is. */
  size: number | null;
  /** Writes down all that has been read. */
  keep(): Promise<void>;
}

const NOTHING: ReadonlySet<Taking> = new Set();
const DIGEST_BYTES = 16;
const LINE = /^(withdrawn|counted|covered|hidden) ([\w-]{22})$/;

/** Opens the list, as far as there is one. */
export async function openTakenBack(list: TakenBackList, keys: Keys): Promise<TakenBack> {
  const known = new Map<string, Set<Taking>>();
  const digest = (id: string) =>
    keys.digest('taken-back', id).subarray(0, DIGEST_BYTES).toString('base64url');
  let size: number | null = null;

  function learn(name: string, taking: Taking): void {
    known.set(name, (known.get(name) ?? new Set()).add(taking));
  }

  async function append(lines: string[]): Promise<void> {
    await list.append(lines);
    size = known.size;
  }

  function learnAll(lines: string[]): void {
    for (const line of lines) {
      const [, taking, name] = LINE.exec(line) ?? [];
      if (taking && name) learn(name, taking as Taking);
    }
    size = known.size;
  }

  const kept = await list.read();
  if (kept) learnAll(kept);
  return {
    async add(id, taking) {
      const name = digest(id);
      if (known.get(name)?.has(taking)) return;
      await append([`${taking} ${name}`]);
      learn(name, taking);
    },

    of: (id) => known.get(digest(id)) ?? NOTHING,

    async read(file) {
      const lines = await readLines(file);
      if (!lines) throw new Error(`There is no list at ${file}`);
      learnAll(lines);
    },

    get size() {
      return size;
    },

    async keep() {
      const lines = [...known].flatMap(([name, all]) => [...all].map((each) => `${each} ${name}`));
      await append(lines);
    },
  };
}

import type { Bucket } from './bucket.ts';
import { isId, PRIVATE, PUBLIC } from './photo-names.ts';
import type { StoredFiles } from './photos.ts';

interface Group {
  id: string;
  names: string[];
}

/**
 * Walks both lists at once, as they come in the order of their keys, so that what is held is a
 * page of each, however many photos there are. A store that lists in another order tells a photo
 * in two halves, which is true as well.
 */
export async function* inventoryOf(bucket: Bucket): AsyncGenerator<StoredFiles> {
  const sealed = groups(bucket.keys(PRIVATE), PRIVATE);
  const published = groups(bucket.keys(PUBLIC), PUBLIC);
  let [left, right] = [await next(sealed), await next(published)];
  while (left || right) {
    const id = [left?.id, right?.id].filter((each) => each !== undefined).sort()[0] ?? '';
    const mine = left?.id === id ? left.names : [];
    const open = right?.id === id ? right.names : [];
    yield { id, sealed: mine, published: open };
    if (left?.id === id) left = await next(sealed);
    if (right?.id === id) right = await next(published);
  }
}

/** Objects of one submission after the other; others are passed over. */
async function* groups(keys: AsyncIterable<string>, start: string): AsyncGenerator<Group> {
  let group: Group | undefined;
  for await (const key of keys) {
    const [id = '', name, ...more] = key.slice(start.length).split('/');
    if (!isId(id) || !name || more.length > 0) continue;
    if (group && group.id !== id) yield group;
    if (group?.id !== id) group = { id, names: [] };
    group.names.push(name);
  }
  if (group) yield group;
}

async function next(from: AsyncGenerator<Group>): Promise<Group | undefined> {
  const { value, done } = await from.next();
  return done ? undefined : value;
}

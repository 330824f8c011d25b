import { expect, it } from 'vitest';
import { compareFiles } from '../../src/operations/files-and-rows.ts';
import type { Photos } from '../../src/store/photos.ts';
import type { Store } from '../../src/store/store.ts';

const id = 'b7a1c0de-0000-4000-8000-000000000001';
const ROW = {
  ...{ id, state: 'approved', held: true, pictureMonth: '2026-11', task: null, dueAt: null },
  renditions: [{ file: '480.jpg' }, { file: '480.avif' }],
};

/** A photo whose files are listed as given, once each; the last one stays. */
function openWith(...listings: string[][]) {
  const left = [...listings];
  const inventory = async function* () {
    const published = left.length > 1 ? left.shift() : left[0];
    yield { id, sealed: ['master'], published };
  };
  const after = async (last: string) => (last === '' ? [ROW] : []);
  return [{ housekeeping: { after } }, { inventory }] as unknown as [Store, Photos];
}

it('tells what is missing for good', async () => {
  const { bad } = await compareFiles(...openWith(['480.jpg']), new Date());
  expect(bad).toEqual([`${id} is public and lacks 480.avif.`]);
});

it('does not tell what came after the files were listed', async () => {
  const { bad } = await compareFiles(...openWith(['480.jpg'], ['480.jpg', '480.avif']), new Date());
  expect(bad).toEqual([]);
});

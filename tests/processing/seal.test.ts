import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { sealPictures } from '../../src/processing/seal.ts';
import type { Photos } from '../../src/store/photos.ts';

const picture = { bytes: Buffer.from('a picture'), width: 480, height: 360 };
const pictures = { master: picture, renditions: { 480: picture, 960: picture, 1920: picture } };

it('has ended all writes of a photo when it tells that one has failed', async () => {
  let underWay = 0;
  const seal: Photos['seal'] = async (_, part) => {
    if (part === '480') throw new Error('refused');
    underWay += 1;
    await sleep(20);
    underWay -= 1;
  };
  const sealed = sealPictures({ seal } as Photos, 'id', pictures);
  await expect(sealed).rejects.toThrow('refused');
  expect(underWay).toBe(0);
});

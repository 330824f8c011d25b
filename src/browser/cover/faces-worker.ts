/// <reference lib="webworker" />
import Human from 'human';
import type { Area } from '../../submission/areas.ts';
import { type FaceJob, merged, tiles, withHead } from './faces-boxes.ts';

const human = new Human({
  backend: 'cpu',
  modelBasePath: FACE_MODEL,
  debug: false,
  warmup: 'none',
  cacheModels: false,
  cacheSensitivity: 0,
  filter: { enabled: false },
  face: {
    enabled: true,
    detector: {
      modelPath: 'blazeface.json',
      minConfidence: 0.35,
      maxDetected: 30,
      rotation: false,
      return: false,
    },
    mesh: { enabled: false },
    iris: { enabled: false },
    emotion: { enabled: false },
    description: { enabled: false },
  },
  body: { enabled: false },
  hand: { enabled: false },
  object: { enabled: false },
  gesture: { enabled: false },
});

addEventListener('message', ({ data }: MessageEvent<FaceJob>) => {
  facesIn(data).then(
    (areas) => postMessage(areas),
    () => postMessage(null),
  );
});

/** Looks at the whole picture and at parts of it: small faces are lost in the whole. */
async function facesIn({ pixels, width, height }: FaceJob): Promise<Area[]> {
  await human.load();
  const found: Area[] = [];
  for (const tile of tiles(width, height)) {
    const values = new Float32Array(tile.width * tile.height * 3);
    for (let y = 0; y < tile.height; y += 1) {
      for (let x = 0; x < tile.width; x += 1) {
        const from = ((tile.top + y) * width + tile.left + x) * 4;
        const to = (y * tile.width + x) * 3;
        for (let c = 0; c < 3; c += 1) values[to + c] = pixels[from + c] ?? 0;
      }
    }
    const tensor = human.tf.tensor4d(values, [1, tile.height, tile.width, 3]);
    const { face } = await human.detect(tensor);
    tensor.dispose();
    for (const { boxRaw } of face) {
      const [x, y, w, h] = boxRaw;
      found.push({
        x: (tile.left + x * tile.width) / width,
        y: (tile.top + y * tile.height) / height,
        width: (w * tile.width) / width,
        height: (h * tile.height) / height,
      });
    }
  }
  return merged(found).map(withHead);
}

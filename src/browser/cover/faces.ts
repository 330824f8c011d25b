import type { Area } from '../../submission/areas.ts';
import type { FaceJob } from './faces-boxes.ts';

/** Pixels of the long side that are looked at. */
const SIDE = 1280;
const PATIENCE_MS = 120_000;

type Picture = HTMLCanvasElement | HTMLImageElement;

/** Proposes areas for the faces of a picture. Detector and model are loaded only now. */
export function findFaces(picture: Picture): Promise<Area[]> {
  const worker = new Worker(new URL('./faces-worker.ts', import.meta.url), { type: 'module' });
  return new Promise<Area[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('too slow')), PATIENCE_MS);
    worker.onmessage = ({ data }: MessageEvent<Area[] | null>) => {
      clearTimeout(timer);
      if (data) resolve(data);
      else reject(new Error('not found out'));
    };
    worker.onerror = () => reject(new Error('worker failed'));
    worker.postMessage(pixelsOf(picture));
  }).finally(() => worker.terminate());
}

function pixelsOf(picture: Picture): FaceJob {
  const [width, height] =
    picture instanceof HTMLImageElement
      ? [picture.naturalWidth, picture.naturalHeight]
      : [picture.width, picture.height];
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas');
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { pixels: data, width: canvas.width, height: canvas.height };
}

import { readFile, rm, writeFile } from 'node:fs/promises';
import sharp, { type JpegOptions, type Sharp } from 'sharp';

/**
 * The least a program can do to make the files the service makes of a photo: one decode, each size
 * of the next larger one. Prints the CPU time per photo in milliseconds.
 */
const [folder = '', ...photos] = process.argv.slice(2);
const MASTER: JpegOptions = { quality: 88, optimiseCoding: false };
const RENDITION: JpegOptions = { quality: 80, optimiseCoding: false };

sharp.concurrency(1);
sharp.cache(false);

async function shrunk(picture: Sharp, side: number) {
  const { data, info } = await picture
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return () => sharp(data, { raw: { width, height, channels: 3 } });
}

async function make(photo: string, name: string): Promise<void> {
  const save = async (side: number, picture: Sharp, options: JpegOptions) =>
    writeFile(`${folder}/${name}-${side}.jpg`, await picture.jpeg(options).toBuffer());
  const master = await shrunk(sharp(await readFile(photo)).autoOrient(), 3000);
  await save(3000, master(), MASTER);
  let larger = master;
  for (const side of [1920, 960, 480]) {
    larger = await shrunk(larger(), side);
    await save(side, larger(), RENDITION);
  }
}

const [first = ''] = photos;
await make(first, 'warm');
await make(first, 'warm');
const before = process.cpuUsage();
for (const [index, photo] of photos.entries()) await make(photo, String(index));
const { user, system } = process.cpuUsage(before);
await rm(folder, { recursive: true });
console.log((user + system) / 1000 / photos.length);

import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { openBucket } from '../../src/store/bucket.ts';
import { openFolderPhotos } from '../../src/store/folder-photos.ts';
import { openObjectPhotos } from '../../src/store/object-photos.ts';
import type { Photos } from '../../src/store/photos.ts';
import {
  listInBucket,
  listInFolder,
  type TakenBackList,
} from '../../src/store/taken-back-lists.ts';
import { PLACE } from './engines.ts';
import { type Objects, openObjects } from './s3.ts';

const PREFIX = 'campaign/';

/** Names of buckets have no capitals, those of temporary folders have. */
const bucketOf = (folder: string) => Buffer.from(basename(folder)).toString('hex');

function objectsOf(folder: string): Objects | null {
  return PLACE && openObjects(PLACE, bucketOf(folder), PREFIX);
}

/** The settings that tell a service in this folder where its photos lie. */
export function photoSettings(folder: string): Record<string, string> {
  return objectsOf(folder)?.environment ?? { UPLOADS_DIR: join(folder, 'uploads') };
}

/** Makes the bucket that belongs to a test's folder. What is in a folder makes itself. */
export async function makePhotoStore(folder: string): Promise<void> {
  if (PLACE) await mkdir(join(PLACE.directory, bucketOf(folder)), { recursive: true });
}

/** A folder's photos go with it. */
export async function dropPhotoStore(folder: string): Promise<void> {
  if (PLACE) await rm(join(PLACE.directory, bucketOf(folder)), { recursive: true, force: true });
}

/** Opens the photos of a test's folder. */
export async function openPhotosOf(folder: string, key: Buffer): Promise<Photos> {
  const objects = objectsOf(folder);
  if (objects) return openObjectPhotos(openBucket(objects.settings), key);
  return openFolderPhotos(join(folder, 'uploads'), key);
}

export function takenBackListOf(folder: string): TakenBackList {
  const objects = objectsOf(folder);
  return objects
    ? listInBucket(openBucket(objects.settings))
    : listInFolder(join(folder, 'uploads'));
}

/** Everything in the photo store of a test's folder, in order; objects are named as files would be. */
export async function listStored(folder: string): Promise<string[]> {
  const objects = objectsOf(folder);
  return objects ? listObjects(objects) : listFiles(join(folder, 'uploads'));
}

/** The same of any objects. Uploads that are under way are `.part`, as files are. */
export async function listObjects(objects: Objects): Promise<string[]> {
  const [keys, begun] = await Promise.all([objects.keys(), objects.unfinished()]);
  return [...keys.map(fileName), ...begun.map((key) => `${fileName(key)}.part`)].sort();
}

const fileName = (key: string) => key.replace(/^private\/((..).{34})\//, 'private/$2/$1.');
const keyOf = (file: string) => file.replace(/^private\/..\/(.{36})\./, 'private/$1/');

/** The bytes of one, by its name. */
export function readStored({ folder }: { folder: string }, file: string): Promise<Buffer> {
  return objectsOf(folder)?.bytes(keyOf(file)) ?? readFile(join(folder, 'uploads', file));
}

/** Where they lie, to be altered. */
export function placeOf({ folder }: { folder: string }, file: string): string {
  return objectsOf(folder)?.file(keyOf(file)) ?? join(folder, 'uploads', file);
}

/** The service may be removing a folder just then. */
async function listFiles(root: string, tries = 20): Promise<string[]> {
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 0) throw error;
    return listFiles(root, tries - 1);
  }
}

import { readdir, readFile } from 'node:fs/promises';
import { root } from '../root.ts';

/**
 * Below these, what strangers send can hang or break the service, or leave it: advisories are
 * named in SECURITY.md. Raised with every advisory that concerns us.
 */
export const FLOORS: Readonly<Record<string, string>> = {
  node: '20.19.0',
  fastify: '5.12.0',
  '@fastify/multipart': '10.1.9',
  '@fastify/busboy': '3.2.6',
  sharp: '0.35.5',
  libvips: '8.18.0',
  nodemailer: '10.6.0',
};

const modules = new URL('node_modules/', root);

/** What is installed below its floor, in sentences; nothing when all is well. */
export async function tooOld(
  versionOf: (name: string) => Promise<string | null> = installed,
): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(FLOORS).map(async ([name, floor]) => {
      const version = await versionOf(name);
      // What is not there as a package cannot be judged: somebody bundled it.
      if (version === null || !isBelow(version, floor)) return null;
      return `${name} is ${version}, and below ${floor} it is not safe: npm ci.`;
    }),
  );
  return found.filter((line) => line !== null);
}

async function installed(name: string): Promise<string | null> {
  if (name === 'node') return process.versions.node;
  if (name === 'libvips') return libvips();
  return (await readJson(`${name}/package.json`)).version ?? null;
}

/** sharp brings it in a package for the machine. */
async function libvips(): Promise<string | null> {
  const names = await readdir(new URL('@img/', modules)).catch(() => []);
  const own = names.find((name) => name.startsWith('sharp-libvips-'));
  return own ? ((await readJson(`@img/${own}/versions.json`)).vips ?? null) : null;
}

async function readJson(path: string): Promise<Record<string, string | undefined>> {
  const text = await readFile(new URL(path, modules), 'utf8').catch(() => '{}');
  return JSON.parse(text) as Record<string, string | undefined>;
}

/** Compares number by number; what follows a dash comes before the number itself. */
export function isBelow(version: string, floor: string): boolean {
  const [own, least] = [version, floor].map((text) => text.split(/[.-]/).map(Number));
  for (const [i, wanted] of (least ?? []).entries()) {
    const number = own?.[i] ?? 0;
    if (number !== wanted) return !(number > wanted);
  }
  return version.includes('-');
}

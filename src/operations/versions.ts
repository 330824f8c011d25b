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
/** `name@version` of each package that was built into the program. */
const bundledFile = new URL('dist/bundled.json', root);

/** What is installed below its floor, in sentences; nothing when all is well. */
export async function tooOld(
  versionsOf: (name: string) => Promise<string[]> = inUse,
): Promise<string[]> {
  const found = await Promise.all(
    Object.entries(FLOORS).map(async ([name, floor]) => {
      const versions = await versionsOf(name);
      const low = versions.filter((version) => isBelow(version, floor));
      return low.map((each) => `${name} is ${each}, and below ${floor} it is not safe: npm ci.`);
    }),
  );
  return found.flat();
}

/**
 * The versions of a package that run: those built into the program, or else the installed one. None
 * of what is nowhere to be found, such as a libvips of the system's: it cannot be judged.
 */
export async function inUse(name: string): Promise<string[]> {
  if (name === 'node') return [process.versions.node];
  if (name === 'libvips') return libvips();
  const bundled = await readJson<string[]>(bundledFile, []);
  const built = bundled.filter((each) => each.startsWith(`${name}@`));
  if (built.length > 0) return built.map((each) => each.slice(name.length + 1));
  return versionIn(`${name}/package.json`, 'version');
}

/** sharp brings it in a package for the machine. */
async function libvips(): Promise<string[]> {
  const names = await readdir(new URL('@img/', modules)).catch(() => []);
  const own = names.find((name) => name.startsWith('sharp-libvips-'));
  return own ? versionIn(`@img/${own}/versions.json`, 'vips') : [];
}

async function versionIn(path: string, key: string): Promise<string[]> {
  const version = (await readJson<Record<string, string>>(new URL(path, modules), {}))[key];
  return version ? [version] : [];
}

async function readJson<T>(file: URL, missing: T): Promise<T> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? missing : (JSON.parse(text) as T);
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

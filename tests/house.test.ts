import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Rooms over floors (src/README.md), read from the imports as they are: a file imports from its
 * own folder and from the floors below, never up and never sideways.
 */
const SRC = new URL('../src/', import.meta.url).pathname;
const ROOMS = ['intake', 'processing', 'moderation', 'gallery', 'operations'];
const DOORS = ['store', 'image', 'mail', 'calls', 'web'];
const GROUND = [
  ...['submission', 'campaign', 'i18n'],
  ...[
    'config.ts',
    'settings.ts',
    'keys.ts',
    'sealing.ts',
    'bell.ts',
    'quiet.ts',
    'qr.ts',
    'root.ts',
  ],
];
const TOP = ['main.ts', 'app.ts', 'resources.ts'];

/** Foreign things and the only folder (or file) that touches each. */
const GUARDED: [library: RegExp, door: RegExp][] = [
  [/^@prisma\/|generated(-postgresql)?\//, /^store\//],
  [/^(sharp|thumbhash|libheif-js)\b/, /^image\//],
  [/^nodemailer\b/, /^mail\//],
  [/^s3mini$/, /^store\//],
  [/^node:(https|dns)\b/, /^calls\//],
  [/^(preact|preact-render-to-string)\b/, /\.tsx$|^web\/|^mail\//],
  [/^(fastify|@fastify\/.+)$/, /^(web|intake|moderation|gallery|operations)\/|^app\.ts$/],
  [/^prom-client$/, /^operations\//],
];

interface Import {
  file: string;
  /** A path below src/ for our own files, else the specifier. */
  target: string;
  own: boolean;
  /** `import type`: gone when built. */
  typeOnly: boolean;
}

// Generated code is Prisma's.
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !file.startsWith('store/generated'),
);
const imports = files.flatMap(importsOf);

function importsOf(file: string): Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const statements = text.matchAll(
    /(?:^(import type|import|export)\b[^;'()=]*|\bimport\(|\brequire\(|\.url\)\()'([^']+)'/gm,
  );
  return [...statements].map(([, keyword, specifier = '']) => {
    const own = specifier.startsWith('.');
    const target = own ? relative(SRC, join(SRC, dirname(file), specifier)) : specifier;
    return { file, target, own, typeOnly: keyword === 'import type' };
  });
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? file;
}

/** Imports that leave a folder of `from` for somewhere `allowed` does not name. */
function strays(from: string[], allowed: string[]): string[] {
  return imports
    .filter(({ file, own }) => own && from.includes(folderOf(file)))
    .filter(({ file, target }) => folderOf(target) !== folderOf(file))
    .filter(({ target }) => !allowed.includes(folderOf(target)))
    .map(({ file, target }) => `${file} imports ${target}`);
}

describe('the house', () => {
  it('has the rooms and doors it says it has', () => {
    const known = [...ROOMS, ...DOORS, ...GROUND, 'browser', 'cli', ...TOP];
    expect([...new Set(files.map(folderOf))].sort()).toEqual(known.sort());
    expect(imports.length).toBeGreaterThan(300);
  });

  it('stands on ground that imports only ground', () => {
    expect(strays(GROUND, GROUND)).toEqual([]);
  });

  it('has doors that never import each other nor a room', () => {
    expect(strays(DOORS, GROUND)).toEqual([]);
  });

  it('has rooms that never import each other', () => {
    expect(strays(ROOMS, [...GROUND, ...DOORS])).toEqual([]);
  });

  it('sends browsers nothing but ground and their own code; of a page they know the types', () => {
    const sent = imports.filter(({ file, own }) => own && folderOf(file) === 'browser');
    const foreign = sent.filter(
      ({ target, typeOnly }) =>
        ![...GROUND, 'browser'].includes(folderOf(target)) &&
        !(typeOnly && target.includes('/pages/')),
    );
    expect(foreign).toEqual([]);
    const users = imports.filter(({ own, target }) => own && folderOf(target) === 'browser');
    expect(users.filter(({ file }) => folderOf(file) !== 'browser')).toEqual([]);
  });

  it('is put together at the top, which nobody below imports', () => {
    const importers = (top: string) =>
      imports.filter(({ own, target }) => own && folderOf(target) === top).map(({ file }) => file);
    const assembly = /^(cli\/|app\.ts$|main\.ts$)/;
    expect(importers('main.ts')).toEqual([]);
    expect(importers('app.ts').filter((file) => !file.startsWith('cli/'))).toEqual([]);
    expect(importers('cli').filter((file) => !/^(cli\/|main\.ts$)/.test(file))).toEqual([]);
    expect(importers('resources.ts').filter((file) => !assembly.test(file))).toEqual([]);
  });

  it.each(GUARDED)('lets %s in only where %s', (library, door) => {
    const users = imports.filter(({ target }) => library.test(target)).map(({ file }) => file);
    expect(users.filter((file) => !door.test(file))).toEqual([]);
    expect(users.length).toBeGreaterThan(0);
  });

  it('reads the environment in config.ts alone', () => {
    const readers = files.filter((file) =>
      readFileSync(join(SRC, file), 'utf8').includes('process.env'),
    );
    expect(readers).toEqual(['config.ts']);
  });

  it('has no circle among its files', () => {
    expect(circles()).toEqual([]);
  });
});

/** Chains of imports that lead back to where they began, types left out: they vanish when built. */
function circles(): string[] {
  const next = new Map<string, string[]>();
  for (const { file, target, own, typeOnly } of imports) {
    if (own && !typeOnly) next.set(file, [...(next.get(file) ?? []), target]);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: string[]) => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' > '));
    } else if (!done.has(file)) {
      for (const each of next.get(file) ?? []) walk(each, [...path, file]);
      done.add(file);
    }
  };
  for (const file of files) walk(file, []);
  return found;
}

import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Packages the service loads from node_modules: those with binaries or files of their own, and one
 * whose parts must be loaded in an order that a bundle does not keep.
 */
export const OUTSIDE = [
  ...['sharp', 'better-sqlite3', 'pg', '@fastify/swagger-ui', 'libheif-js'],
  '@simplewebauthn/server',
];

/** The folder of the package that a module belongs to. */
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//;

/**
 * Writes which packages are in the bundle, as `name@version`, into `dist/bundled.json`: where the
 * service runs they are not installed, and nothing else tells whether they are safe.
 */
export function bundled(): Plugin {
  return {
    name: 'bundled',
    applyToEnvironment: ({ name }) => name === 'server',
    generateBundle(_, files) {
      const chunks = Object.values(files).filter((file) => file.type === 'chunk');
      const folders = chunks.flatMap(({ moduleIds }) =>
        moduleIds.map((id) => PACKAGE.exec(id)?.[0]),
      );
      const packages = [...new Set(folders)].filter((folder) => folder !== undefined);
      const names = [...new Set(packages.map(nameOf))].sort();
      this.emitFile({ type: 'asset', fileName: 'bundled.json', source: JSON.stringify(names) });
    },
  };
}

function nameOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(`${folder}package.json`, 'utf8'));
  return `${name}@${version}`;
}

import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import {
  type BuildEnvironmentOptions,
  defineConfig,
  type EnvironmentOptions,
  type Plugin,
} from 'vite';
import { bundled, OUTSIDE } from './build/bundled.ts';
import { compile } from './build/compile.ts';
import { buildMap } from './build/map.ts';
import { ELEMENT_WORDS } from './src/gallery/pages/embed-words.ts';
import { catalogues, type Messages } from './src/i18n/messages.ts';

const root = new URL('./', import.meta.url);
const human = new URL('node_modules/@vladmandic/human/', root);
const { version } = JSON.parse(readFileSync(new URL('package.json', human), 'utf8'));
/** Named after its version, for what lies under /assets/ may be kept by browsers for ever. */
const FACE_MODEL = `face-model-${version}`;

/** What is built together, by environment. */
const BUILDS = {
  client: ['browser/supporter.ts', 'web/assets/site.css'],
  pages: ['browser/frame.ts', 'browser/kit.ts', 'browser/poster.ts', 'web/assets/frame.css'],
  gallery: ['browser/gallery.ts'],
  staff: ['browser/moderator.ts', 'browser/passkey.ts', 'web/assets/staff.css'],
};

/**
 * Builds what browsers load into `dist/web/assets`, each file named after its content. Supporters,
 * readers and staff have builds of their own: what their scripts share would otherwise become a third
 * file, and each file costs a phone half a second. The script of `<photo-gallery>` stands alone.
 */
export default defineConfig({
  root: 'src',
  base: '/assets/',
  publicDir: false,
  logLevel: 'warn',
  define: {
    FACE_MODEL: JSON.stringify(`/assets/${FACE_MODEL}/`),
    ELEMENT_WORDS: JSON.stringify(elementWords()),
  },
  resolve: {
    alias: {
      human: new URL('dist/human.esm.js', human).pathname,
      'libheif-bundle': new URL('node_modules/libheif-js/libheif-wasm/libheif-bundle.mjs', root)
        .pathname,
    },
  },
  plugins: [files(), map(), bundled(), service()],
  worker: { format: 'es' },
  build: {
    outDir: '../dist/web/assets',
    assetsDir: '',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3000,
    target: 'es2022',
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  builder: {},
  environments: {
    ...Object.fromEntries(
      Object.entries(BUILDS).map(([name, files]) => [name, built(name, files)]),
    ),
    embed: { consumer: 'client', build: alone('browser/embed.ts', '../dist/web/embed') },
    server: {
      consumer: 'server',
      resolve: { noExternal: true, external: OUTSIDE },
      build: server(),
    },
  },
});

function built(name: string, files: string[]): EnvironmentOptions {
  const input = files.map((file) => `src/${file}`);
  const build = { manifest: `manifest-${name}.json`, rolldownOptions: { input } };
  // The first build has emptied the folder, if anybody wanted it.
  const kept = name === 'client' ? {} : { emptyOutDir: false };
  return { consumer: 'client', build: { ...build, ...kept } };
}

/** One script under its own name, for pages that are not ours. */
function alone(file: string, outDir: string): BuildEnvironmentOptions {
  const output = { format: 'iife', entryFileNames: '[name].js' } as const;
  return { outDir, rolldownOptions: { input: `src/${file}`, output } };
}

/**
 * The service and its image worker as one file each, with nearly all packages in them: reading a
 * thousand small files would take longer than all the rest of a start. CommonJS, for only of that
 * can be kept what V8 compiles of it.
 */
function server(): BuildEnvironmentOptions {
  const input = {
    main: 'build/launch.ts',
    service: 'src/main.ts',
    worker: 'src/image/worker.ts',
  };
  const names = { entryFileNames: '[name].js', chunkFileNames: '[name].js' };
  const output = { format: 'cjs', ...names } as const;
  return { outDir: '../dist', emptyOutDir: false, rolldownOptions: { input, output } };
}

/** Makes the service a whole: its files are CommonJS, and compiled ahead. */
function service(): Plugin {
  const dist = new URL('dist/', root);
  return {
    name: 'service',
    applyToEnvironment: ({ name }) => name === 'server',
    // What was kept compiled cannot import: the modules of Node and the packages that stay outside.
    renderChunk: (code) =>
      code.replaceAll(/\bimport\((["'][^"']+["'])\)/g, 'Promise.resolve(require($1))'),
    generateBundle() {
      const source = JSON.stringify({ type: 'commonjs' });
      this.emitFile({ type: 'asset', fileName: 'package.json', source });
      // What was compiled of another service.
      rmSync(new URL('service.compiled', dist), { force: true });
    },
    async closeBundle() {
      makeFirstDatabase(new URL('first.db', dist).pathname);
      await compile(dist);
    },
  };
}

/** What a new database on SQLite begins as. */
function makeFirstDatabase(file: string): void {
  rmSync(file, { force: true });
  const command = ['tsx', 'build/new-database.ts', `file:${file}`];
  execFileSync('npx', command, { cwd: root, stdio: 'inherit' });
  // Whoever runs the service may not be who built it.
  chmodSync(file, 0o644);
}

/** The sentences of `<photo-gallery>` in every language. */
function elementWords(): Record<string, Record<string, string>> {
  const choose = (words: Messages) =>
    Object.fromEntries(ELEMENT_WORDS.map((key) => [key, words[key]]));
  const languages = Object.entries(catalogues);
  return Object.fromEntries(languages.map(([locale, words]) => [locale, choose(words)]));
}

/** What is served as it is: the icon, and the model of the face detector. */
function files(): Plugin {
  return {
    name: 'files',
    applyToEnvironment: ({ name }) => name !== 'embed' && name !== 'server',
    buildStart() {
      const icon = readFileSync(new URL('src/web/assets/icon.svg', root));
      const originalFileName = 'web/assets/icon.svg';
      this.emitFile({ type: 'asset', name: 'icon.svg', originalFileName, source: icon });
      for (const name of ['blazeface.json', 'blazeface.bin']) {
        const source = readFileSync(new URL(`models/${name}`, human));
        this.emitFile({ type: 'asset', fileName: `${FACE_MODEL}/${name}`, source });
      }
    },
  };
}

/** The gallery's maps, drawn once: the service only puts the counts on them. */
function map(): Plugin {
  return {
    name: 'map',
    buildStart() {
      if (this.environment.name === 'client') buildMap();
    },
  };
}

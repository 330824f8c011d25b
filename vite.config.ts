import { readFileSync } from 'node:fs';
import { type BuildEnvironmentOptions, defineConfig, type Plugin } from 'vite';

const root = new URL('./', import.meta.url);
const human = new URL('node_modules/@vladmandic/human/', root);
const { version } = JSON.parse(readFileSync(new URL('package.json', human), 'utf8'));
/** Named after its version, for what lies under /assets/ may be kept by browsers for ever. */
const FACE_MODEL = `face-model-${version}`;

/**
 * Builds what browsers load into `dist/web/assets`, each file named after its content. Supporters
 * and staff have builds of their own: what their scripts share would otherwise become a third
 * file, and each file costs a phone half a second.
 */
export default defineConfig({
  root: 'src',
  base: '/assets/',
  publicDir: false,
  logLevel: 'warn',
  define: { FACE_MODEL: JSON.stringify(`/assets/${FACE_MODEL}/`) },
  resolve: {
    alias: {
      human: new URL('dist/human.esm.js', human).pathname,
      'libheif-bundle': new URL('node_modules/libheif-js/libheif-wasm/libheif-bundle.mjs', root)
        .pathname,
    },
  },
  plugins: [files()],
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
    client: { build: built('manifest.json', ['browser/supporter.ts', 'web/assets/site.css']) },
    staff: {
      consumer: 'client',
      build: {
        ...built('manifest-staff.json', [
          'browser/moderator.ts',
          'browser/passkey.ts',
          'web/assets/staff.css',
        ]),
        // The first build has done so, if anybody wanted it.
        emptyOutDir: false,
      },
    },
  },
});

function built(manifest: string, files: string[]): BuildEnvironmentOptions {
  return { manifest, rolldownOptions: { input: files.map((file) => `src/${file}`) } };
}

/** What is served as it is: the icon, and the model of the face detector. */
function files(): Plugin {
  return {
    name: 'files',
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

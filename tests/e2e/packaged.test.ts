import { readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Container, canContain, startContainer } from '../support/container.ts';
import { readImage } from '../support/dockerfile.ts';
import { eventually } from '../support/http.ts';
import { approve, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { makeRoot } from '../support/root.ts';

/** What deploy/Dockerfile makes, without an engine: its parts, started the way it says. */
const image = readImage();
/** A whole root in which deploy/prove.sh has carried out every line of the Dockerfile. */
const { PACKAGED_ROOT } = process.env;
const possible = canContain();
if (!possible) console.warn('The image is SKIPPED: only root may mount what it runs in');

let folder: string;
let root: string;
let volume: string;
let container: Container;
let staff: Staff;
let before: string[];

beforeAll(async () => {
  if (!possible) return;
  folder = await mkdtemp(join(tmpdir(), 'compete-image-'));
  root = PACKAGED_ROOT ?? join(folder, 'root');
  volume = join(folder, 'volume');
  if (!PACKAGED_ROOT) makeRoot(root);
  await mkdir(volume, { mode: 0o700 });
  const [user, group] = image.user;
  await chown(volume, Number(user), Number(group));
  before = await everything();
  container = await startContainer(image, { root, volume });
}, 120_000);

afterAll(async () => {
  await container?.kill();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Every file of the root with its size and time of change. */
async function everything(): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  const tell = async (name: string) => {
    const { size, mtimeMs } = await stat(join(root, name)).catch(() => ({ size: 0, mtimeMs: 0 }));
    return `${name} ${size} ${mtimeMs}`;
  };
  return (await Promise.all(names.sort().map(tell))).sort();
}

const inside = async (script: string) => (await container.run(['node', '-e', script])).printed;
const status = async (path: string) => (await fetch(container.url + path)).status;
const stateOf = async (receipt: string) =>
  (await (await withReceipt(container, receipt)).json()).state;

describe.skipIf(!possible)('the image', () => {
  it('runs as process 1, as nobody in particular, and can gain no right', async () => {
    const told = await inside("console.log(require('fs').readFileSync('/proc/1/status', 'utf8'))");
    const [user] = image.user;
    expect(user).toMatch(/^[1-9]\d{3,}$/);
    expect(told).toMatch(new RegExp(`^Uid:\t${user}\t${user}\t${user}\t${user}$`, 'm'));
    expect(told).toMatch(/^CapEff:\t0+$/m);
    expect(told).toMatch(/^NoNewPrivs:\t1$/m);
  });

  it('can write to its volume and nowhere else', async () => {
    const places = ['/', '/app', '/app/dist', '/tmp', '/dev', image.volume];
    const script = `for (const place of ${JSON.stringify(places)}) {
      try { require('fs').writeFileSync(place + '/a-test', ''); console.log(place); } catch {}
    }`;
    expect((await inside(script)).trim()).toBe(image.volume);
    const writable = container.mounts().filter((line) => / rw,/.test(line));
    const real = writable.filter((line) => !/ \S*(\/proc|\/dev\/\w+) /.test(line));
    expect(real).toHaveLength(1);
    expect(real[0]).toContain(image.volume);
  });

  it('cleans a photo, shows it once it is approved, and finds itself in good health', async () => {
    staff = await signIn(container, (await container.command('moderator', 'list')).split(/\s/)[0]);
    const { id, receipt } = await (await sendPhoto(container, await photo())).json();
    await eventually(async () => (await stateOf(receipt)) === 'waiting', 60_000);
    expect((await approve(staff, id, 2)).status).toBe(200);
    await eventually(async () => (await stateOf(receipt)) === 'approved', 60_000);
    expect(await shown()).toBe(200);
    expect(await container.command('doctor')).not.toMatch(/^bad /m);
  });

  it('has with it what it loads only now and then', async () => {
    expect(await status('/docs/static/swagger-ui.css')).toBe(200);
    expect((await staff.post('/api/v1/moderation/passkeys/options', {})).status).toBe(200);
    const heic = "require('module').createRequire('/app/dist/')('libheif-js/wasm-bundle')";
    expect(await inside(`console.log(typeof ${heic}.heif_context_alloc)`)).toBe('function\n');
  });

  it('has no compiler, nothing that installs, nothing that only builds, and no secret', () => {
    const names = before.map((line) => line.split(' ')[0] ?? '');
    const tools = /(^|\/)s?bin\/(gcc|g\+\+|cc|c\+\+|make|python3?|npm|npx|yarn|corepack)$/;
    const ours =
      /^app\/(src|tests|build|uploads)(\/|$)|\/\.(env|git|npm)$|^app\/(?!dist\/first\.db$).*\.(db|tsx?)$/;
    expect(names.filter((name) => tools.test(name) || ours.test(name))).toEqual([]);
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'app/package.json'), 'utf8'));
    const installed = Object.keys(devDependencies).map((name) => `app/node_modules/${name}`);
    expect(installed.length).toBeGreaterThan(10);
    expect(names.filter((name) => installed.includes(name))).toEqual([]);
  });

  it('is unhealthy while it cannot write, and healthy again', async () => {
    const folder = join(volume, 'uploads/private');
    await chmod(folder, 0o500);
    expect(await container.isHealthy()).toBe(false);
    await chmod(folder, 0o700);
    expect(await container.isHealthy()).toBe(true);
  });

  it('stops in time with a photo on its way, changes nothing of itself, and goes on later', async () => {
    const sending = sendPhoto(container, await photo({ seed: 2 }));
    await Promise.race([sending, eventually(() => hasOriginal())]);
    const asked = Date.now();
    expect(await container.stop()).toBe(0);
    expect(Date.now() - asked).toBeLessThan(30_000);
    expect(await everything()).toEqual(before);
    const { receipt } = await (await sending).json();
    container = await startContainer(image, { root, volume });
    expect(await shown()).toBe(200);
    await eventually(async () => (await stateOf(receipt)) === 'waiting', 60_000);
  });
});

/** How the first photo of the gallery answers. */
async function shown(): Promise<number> {
  const { items } = await (await fetch(`${container.url}/api/v1/gallery`)).json();
  return status(new URL(items[0].images[0].url).pathname);
}

async function hasOriginal(): Promise<boolean> {
  const names = await readdir(join(volume, 'uploads/private'), { recursive: true });
  return names.some((name) => name.includes('original'));
}

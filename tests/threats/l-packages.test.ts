import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

interface Package {
  version: string;
  integrity?: string;
  hasInstallScript?: boolean;
}
interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as Manifest;
const { '': _own, ...packages } = read('package-lock.json').packages as Record<string, Package>;

/** Below these, what reads strangers' requests and files has weaknesses that are known. */
const FLOORS: Record<string, string> = {
  fastify: '5.12.0',
  '@fastify/multipart': '10.1.9',
  '@fastify/busboy': '3.2.6',
  sharp: '0.35.0',
  nodemailer: '10.6.0',
};

const AUDIT = new URL('../../.ci/audit.mjs', import.meta.url).pathname;

/** Below 0 when `a` is the older one. */
function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Every copy of a package, however deep it lies. */
function copiesOf(name: string): Package[] {
  const lies = ([path]: [string, Package]) => path.endsWith(`node_modules/${name}`);
  return Object.entries(packages)
    .filter(lies)
    .map(([, each]) => each);
}

it('L6 what reads strangers’ bytes is nowhere below the versions known to be safe', () => {
  for (const [name, floor] of Object.entries(FLOORS)) {
    const versions = copiesOf(name).map(({ version }) => version);
    expect(versions, name).not.toEqual([]);
    expect(
      versions.filter((version) => compare(version, floor) < 0),
      `${name} below ${floor}`,
    ).toEqual([]);
  }
});

it('L6 every package is named by exact version and hash', () => {
  const wanted = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(wanted.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  const unsealed = Object.entries(packages).filter(([, each]) => !each.integrity);
  expect(unsealed.map(([path]) => path)).toEqual([]);
});

it('L6 nothing runs at an installation that was not decided about', () => {
  const running = Object.entries(packages).filter(([, each]) => each.hasInstallScript);
  const names = running.map(([path]) => path.replace(/^.*node_modules\//, ''));
  expect(names.filter((name) => !(name in manifest.allowScripts))).toEqual([]);
});

it.each([
  ['nothing known', { vulnerabilities: {} }, 0, '0, 0 of them'],
  ['a moderate one', { vulnerabilities: { a: weak('moderate') } }, 0, '1, 0 of them'],
  ['a high one', { vulnerabilities: { a: weak('low'), b: weak('high') } }, 1, '2, 1 of them'],
  ['a critical one', { vulnerabilities: { a: weak('critical') } }, 1, 'critical: a <2.0.0'],
  ['a registry that refuses', { message: '405 Method Not Allowed' }, 0, 'not be asked (405'],
  ['no network at all', undefined, 0, 'not be asked'],
])('L6 CI hears of known weaknesses, and fails for grave ones: %s', (_, report, code, words) => {
  const input = report === undefined ? '' : JSON.stringify(report);
  const { status, stdout } = spawnSync(process.execPath, [AUDIT], { input, encoding: 'utf8' });
  expect(stdout).toContain(words);
  expect(status).toBe(code);
});

function weak(severity: string) {
  return { name: 'a', severity, range: '<2.0.0' };
}

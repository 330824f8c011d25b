import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readImage } from './support/dockerfile.ts';

/** The files of `deploy/` against the program, and against the tools that will read them. */
const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const unit = read('deploy/compete.service');
const known = [...read('.env.example').matchAll(/^# (\w+)=/gm)].map(([, name]) => name);
/** Read by Node, by the program before its settings, or by systemd's rules. */
const OTHERS = ['NODE_ENV', 'CREDENTIALS_DIRECTORY'];

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0;
if (!analyze) console.warn('The systemd unit is SKIPPED: there is no systemd-analyze');

it('image, unit and compose file set only variables that there are', () => {
  const inUnit = /^Environment=(.*)$/m.exec(unit)?.[1]?.split(' ') ?? [];
  const block = /&settings\n((?: {4}.*\n)+)/.exec(read('deploy/compose.yaml'))?.[1] ?? '';
  const set = [
    ...inUnit.map((each) => each.split('=')[0]),
    ...Object.keys(readImage().environment),
    ...[...block.matchAll(/^ {4}(\w+):/gm)].map(([, name]) => name),
  ];
  expect(set.length).toBeGreaterThan(20);
  expect(set.filter((name) => !known.includes(name) && !OTHERS.includes(name ?? ''))).toEqual([]);
});

it('whoever stops the service waits longer than the service lets its work end', () => {
  const grace = Number(/GRACE_MS = ([\d_]+)/.exec(read('src/cli/serve.ts'))?.[1]?.replace('_', ''));
  const compose = /stop_grace_period: (\d+)s/.exec(read('deploy/compose.yaml'))?.[1];
  const docker = /--stop-timeout (\d+)/.exec(read('README.md'))?.[1];
  for (const seconds of [/TimeoutStopSec=(\d+)/.exec(unit)?.[1], compose, docker]) {
    expect(Number(seconds) * 1000).toBeGreaterThan(grace);
  }
});

it('every file of the repository that README names under deploy/ is there', () => {
  const named = read('README.md').match(/deploy\/[\w.]+/g) ?? [];
  const missing = named.filter(
    (file) => !existsSync(new URL(file, root)) && !file.endsWith('/.env'),
  );
  expect(missing).toEqual([]);
  expect(named).toContain('deploy/compose.yaml');
});

it.skipIf(!analyze)(
  'systemd understands the unit, and finds little in it that is exposed',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'compete-unit-'));
    const file = join(folder, 'compete.service');
    await writeFile(file, unit.replace('/usr/bin/node', process.execPath));
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', file]);
    expect(
      stderr
        .toString()
        .split('\n')
        .filter((line) => line.includes('compete')),
    ).toEqual([]);
    execFileSync('systemd-analyze', ['security', '--offline=yes', '--threshold=20', file]);
    await rm(folder, { recursive: true });
  },
);

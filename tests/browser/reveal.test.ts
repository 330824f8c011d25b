import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reveal } from '../../src/browser/reveal/reveal.ts';
import { inspect } from '../../src/image/inspect.ts';
import { readTraces } from '../../src/image/traces.ts';
import { CANARY, photo, photoAs, withPngText, withTail, withTraces } from '../support/pictures.ts';
import { hasSharedPhotos, readManifest, readShared } from '../support/shared.ts';

const bytes = (file: Buffer) => new Uint8Array(file);

describe('what a file would give away', () => {
  it('is told of a JPEG with everything in it', async () => {
    const { kind, findings, place } = reveal(
      bytes(withTraces(await photo({ width: 64, height: 48 }))),
    );
    expect(kind).toBe('jpeg');
    expect(place?.latitude).toBeCloseTo(40.3777, 3);
    expect(place?.longitude).toBeCloseTo(49.892, 3);
    for (const trace of ['gps', 'time', 'device', 'serial', 'software', 'author', 'thumbnail']) {
      expect([...findings.keys()]).toContain(trace);
    }
    expect(findings.get('serial')).toEqual([`${CANARY} serial`]);
    expect(findings.get('comment')).toEqual([`${CANARY} comment`]);
  });

  it('puts the south and the west where they are', async () => {
    const file = withTraces(await photo({ width: 64, height: 48 }), {
      latitude: -33.5,
      longitude: -70.25,
    });
    const { place } = reveal(bytes(file));
    expect(place?.latitude).toBeCloseTo(-33.5, 3);
    expect(place?.longitude).toBeCloseTo(-70.25, 3);
  });

  it('is nothing for a clean picture', async () => {
    expect(reveal(bytes(await photo({ width: 64, height: 48 }))).findings.size).toBe(0);
  });

  it('is told of a PNG with a text', async () => {
    const { kind, findings } = reveal(
      bytes(withPngText(await photoAs('png', { width: 64, height: 48 }))),
    );
    expect(kind).toBe('png');
    expect(findings.get('comment')).toEqual([`Comment: ${CANARY}`]);
  });

  it('never throws, whatever is broken', async () => {
    const whole = withTail(withTraces(await photo({ width: 64, height: 48 })));
    for (let length = 0; length < Math.min(whole.length, 1500); length += 1) {
      expect(() => reveal(bytes(whole.subarray(0, length)))).not.toThrow();
    }
    for (let at = 0; at < 1200; at += 1) {
      for (const value of [0x00, 0x7f, 0xff]) {
        const broken = bytes(whole);
        broken[at] = value;
        expect(() => reveal(broken)).not.toThrow();
      }
    }
  });

  it.skipIf(!hasSharedPhotos)('neither throws nor hangs on the hostile files', () => {
    const folder = join(process.env.SHARED_DIR ?? resolve('../shared'), 'photos/hostile');
    for (const name of readdirSync(folder)) {
      const file = bytes(readShared(`hostile/${name}`));
      const began = performance.now();
      expect(() => reveal(file), name).not.toThrow();
      expect(performance.now() - began, name).toBeLessThan(1000);
    }
  });

  it.skipIf(!hasSharedPhotos)('is at least what the service finds, in real photos', async () => {
    const missed: string[] = [];
    for (const { path, expectation } of readManifest().files) {
      if (expectation !== 'accept') continue;
      const file = readShared(path);
      const { removed } = readTraces(file, await inspect(file));
      const { findings } = reveal(bytes(file));
      const told = ['gps', 'time', 'device', 'serial', 'author', 'thumbnail', 'xmp'] as const;
      for (const trace of told) {
        if (removed.includes(trace) && !findings.has(trace)) missed.push(`${path}: ${trace}`);
      }
    }
    expect(missed).toEqual([]);
  });
});

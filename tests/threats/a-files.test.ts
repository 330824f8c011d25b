import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { farApart, look } from '../image/support/look.ts';
import { watchAlive } from '../support/alive.ts';
import { readDisk } from '../support/disk.ts';
import {
  CORRUPT_PNGS,
  NO_PICTURES,
  OTHER_KINDS,
  PAYLOAD,
  polyglots,
} from '../support/impostors.ts';
import { judge, type Verdict } from '../support/judge.ts';
import { CORNERS, oriented, photo, photoAs, pngBomb, svg, truncated } from '../support/pictures.ts';
import { findRun } from '../support/runs.ts';
import { openSealed } from '../support/sealed.ts';
import { type Service, startService } from '../support/service.ts';
import { CANARIES, withCanaries } from '../support/telling.ts';
import { storedFiles } from '../support/uploads.ts';

const PARTS = ['master', '480', '960', '1920'] as const;
const SEALED = /^private\/[0-9a-f]{2}\/[0-9a-f-]{36}\.(master|480|960|1920)$/;

let service: Service;
let alive: () => Promise<void>;
/** What is stored, for nothing of what is refused may be added. */
let files: string[];

beforeAll(async () => {
  service = await startService();
  alive = watchAlive(service);
  files = await storedFiles(service);
});
afterAll(() => service?.dispose());

async function expectRefusal(file: Buffer, name: string, codes: string[]): Promise<void> {
  const { status, end } = await judge(service, file);
  expect(codes, name).toContain(end);
  expect([413, 415, 422], name).toContain(status);
}

/** What is kept of a photo: the only pictures anybody will ever see. */
async function outputsOf({ id }: Verdict): Promise<Buffer[]> {
  const parts = await Promise.all(PARTS.map((part) => openSealed(service, id, part)));
  files = await storedFiles(service);
  return parts.map((part) => part ?? expect.fail('a part is missing'));
}

describe('what is no photo we read', () => {
  it.each(Object.entries(NO_PICTURES))('A1 %s, called .jpg, is refused', async (name, file) => {
    await expectRefusal(file, name, ['photo-type', 'form-invalid']);
  });

  it('A2 an SVG under a JPEG name is refused, and nothing it names is fetched or read', async () => {
    let visits = 0;
    const bait = createServer((_, answer) => answer.end(String(visits++))).listen(0, '127.0.0.1');
    await once(bait, 'listening');
    const url = `http://127.0.0.1:${(bait.address() as AddressInfo).port}/x`;
    const open = '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400">';
    const hostile = [
      svg().toString(),
      `${open}<script href="${url}">fetch("${url}")</script></svg>`,
      `${open}<image href="${url}"/><image href="file:///etc/hostname"/></svg>`,
      `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "${url}">]>${open}<text>&e;</text></svg>`,
      `<?xml-stylesheet href="${url}"?>${open}<style>@import "${url}"</style></svg>`,
    ];
    for (const text of hostile) await expectRefusal(Buffer.from(text), text, ['photo-type']);
    bait.close();
    expect(visits).toBe(0);
  });

  it.each(Object.entries(OTHER_KINDS))('A3 %s is refused', async (name, head) => {
    await expectRefusal(Buffer.concat([head, Buffer.alloc(2_000)]), name, ['photo-type']);
  });

  it('A3 whole TIFFs and GIFs are refused', async () => {
    for (const format of ['tiff', 'gif'] as const) {
      await expectRefusal(await photoAs(format, { width: 64, height: 64 }), format, ['photo-type']);
    }
  });

  it('A4 a HEIC is read, so a broken one is a broken photo', async () => {
    const head = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
    await expectRefusal(head, 'a head', ['photo-broken']);
    await expectRefusal(Buffer.concat([head, Buffer.alloc(5_000, 7)]), 'noise', ['photo-broken']);
  });
});

describe('what is damaged', () => {
  it.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    'A6 a cut %s is refused: there are no half pictures',
    async (format) => {
      const size = { width: 400, height: 300 };
      const file = format === 'jpeg' ? await photo(size) : await photoAs(format, size);
      for (const share of [0.1, 0.5, 0.99]) {
        await expectRefusal(truncated(file, share), `${share}`, ['photo-broken']);
      }
      const last = await judge(service, file.subarray(0, -1));
      // A PNG's last bytes are a sum behind the last of its pixels.
      if (format !== 'png') return expect(last.end).toBe('photo-broken');
      expect(await outputsOf(last)).toEqual(await outputsOf(await judge(service, file)));
    },
  );

  it.each(Object.entries(CORRUPT_PNGS))('A7 a PNG with %s is refused', async (name, make) => {
    await expectRefusal(make(), name, ['photo-broken', 'photo-type', 'photo-too-many-pixels']);
  });

  it('A17 pictures like threads are refused, and so are those of no pixels', async () => {
    const sizes: [number, number][] = [
      [1, 65_500],
      [65_500, 1],
      [0, 0],
      [0, 400],
    ];
    for (const [width, height] of sizes) {
      const codes = ['photo-too-many-pixels', 'photo-broken'];
      await expectRefusal(pngBomb(width, height), `${width} x ${height}`, codes);
    }
    const dot = await judge(service, await photoAs('png', { width: 1, height: 1 }));
    expect(['waiting', 'photo-broken']).toContain(dot.end);
    files = await storedFiles(service);
  });

  it('A1 A2 A3 A4 A6 A7 A17 nothing of all that was kept', async () => {
    await expect.poll(() => storedFiles(service)).toEqual(files);
    await alive();
  });
});

it('A5 a JPEG is one whatever its sender calls it, and becomes JPEG', async () => {
  const types = ['text/html', 'image/svg+xml', 'image/gif; x="\\"', '', 'x'.repeat(10_000)];
  for (const type of types) {
    const verdict = await judge(service, await photo({ width: 400, height: 400 }), { type });
    expect(verdict.end, type.slice(0, 20)).toBe('waiting');
    for (const output of await outputsOf(verdict)) {
      expect(output.readUIntBE(0, 3), type).toBe(0xffd8ff);
    }
  }
});

it('A8 of files that are two things at once nothing but the picture is kept', async () => {
  const outputs: Buffer[] = [];
  for (const [name, file] of Object.entries(await polyglots())) {
    const verdict = await judge(service, file);
    const taken = verdict.end === 'waiting';
    expect(taken || [415, 422].includes(verdict.status), `${name}: ${verdict.end}`).toBe(true);
    if (taken) outputs.push(...(await outputsOf(verdict)));
  }
  expect(outputs.length).toBeGreaterThan(5 * PARTS.length);
  expect(findRun(Buffer.concat(outputs), [PAYLOAD])).toBeNull();
  await alive();
});

it('A21 no metadata of any kind comes through', async () => {
  for (const [name, file] of Object.entries(await withCanaries())) {
    const verdict = await judge(service, file);
    expect(verdict.end, name).toBe('waiting');
    const outputs = Buffer.concat(await outputsOf(verdict));
    for (const canary of CANARIES)
      expect(outputs.includes(canary), `${name} ${canary}`).toBe(false);
  }
});

describe('A18 every photo comes out', () => {
  it('in sRGB with 8 bits, whatever its colours were', async () => {
    const plain = sharp(await photo({ width: 480, height: 360 }));
    const dyes: Record<string, Buffer> = {
      cmyk: await plain.clone().toColourspace('cmyk').jpeg().toBuffer(),
      '16 bits': await plain.clone().toColourspace('rgb16').png().toBuffer(),
      'Display P3': await plain.clone().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer(),
      grey: await plain.clone().grayscale().jpeg().toBuffer(),
    };
    const wanted = await plain.clone().stats();
    for (const [name, file] of Object.entries(dyes)) {
      for (const output of await outputsOf(await judge(service, file))) {
        const { space, depth, channels, hasProfile, exif } = await sharp(output).metadata();
        const seen = { space, depth, channels, hasProfile, exif };
        expect(seen, name).toEqual({
          ...{ space: 'srgb', depth: 'uchar', channels: 3, hasProfile: false, exif: undefined },
        });
        if (name === 'grey') continue;
        const { channels: bands } = await sharp(output).stats();
        bands.forEach(({ mean }, at) => {
          expect(Math.abs(mean - (wanted.channels[at]?.mean ?? 0)), name).toBeLessThan(12);
        });
      }
    }
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('upright, orientation %i', async (orientation) => {
    const verdict = await judge(service, await oriented(orientation));
    expect(verdict.photo).toEqual({ width: 640, height: 480, removed: expect.anything() });
    for (const output of await outputsOf(verdict)) {
      const { width, height, at } = await look(output);
      const [right, bottom] = [width - 9, height - 9];
      expect(farApart(at(9, 9), CORNERS.topLeft)).toBeLessThan(25);
      expect(farApart(at(right, 9), CORNERS.topRight)).toBeLessThan(25);
      expect(farApart(at(9, bottom), CORNERS.bottomLeft)).toBeLessThan(25);
      expect(farApart(at(right, bottom), CORNERS.bottomRight)).toBeLessThan(25);
    }
  });
});

it('A20 the name of a file is used for nothing and written down nowhere', async () => {
  const mark = 'name-canary-77d1';
  const names = [
    ...['../../etc/x', '..\\\\..\\\\x', '/abs/x', 'C:\\\\x', 'a%00.jpg', 'a\0.jpg', '.htaccess'],
    ...[
      'CON',
      'x'.repeat(10_000),
      '....',
      '\u202egpj.exe',
      '🏳️‍🌈',
      ';rm -rf /',
      '=cmd()',
      '%2e%2e%2fx',
    ],
  ];
  const before = await readdir(service.folder);
  const small = await photo({ width: 320, height: 320 });
  for (const name of names) {
    const verdict = await judge(service, small, { filename: `${name}${mark}` });
    expect(verdict.end, name.slice(0, 30)).toBe('waiting');
  }
  for (const file of await storedFiles(service)) expect(file).toMatch(SEALED);
  expect(await readdir(service.folder)).toEqual(before);
  const data = (await readDisk(service.folder)).filter(([name]) => name.startsWith('data.db'));
  expect(data.length).toBeGreaterThan(0);
  for (const [name, bytes] of data) expect(bytes.includes(mark), name).toBe(false);
  expect(service.output()).not.toContain(mark);
  await alive();
});

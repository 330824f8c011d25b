import sharp from 'sharp';
import { png, pngChunk } from './bombs.ts';
import { dice, SEED } from './dice.ts';
import { photo, photoAs, withPngText, withSegment } from './pictures.ts';

/** Files that are no pictures at all. */
export const NO_PICTURES: Record<string, Buffer> = {
  'an empty file': Buffer.alloc(0),
  'one byte': Buffer.from([0xff]),
  HTML: Buffer.from('<!doctype html><script>alert(1)</script>'),
  'a PDF': Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>'),
  'a ZIP': Buffer.concat([Buffer.from('504b0304140000000800', 'hex'), Buffer.alloc(100)]),
  'a program': Buffer.concat([Buffer.from('4d5a9000', 'hex'), Buffer.alloc(200)]),
  'a film': Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isommp42\0\0\0\x08free', 'latin1'),
  PHP: Buffer.from('<?php system($_GET["x"]); ?>'),
};

const latin = (text: string) => Buffer.from(text, 'latin1');
const hex = (text: string) => Buffer.from(text, 'hex');

/** How pictures of other kinds begin. */
export const OTHER_KINDS: Record<string, Buffer> = {
  BMP: latin('BM\x7a\0\0\0\0\0\0\0\x36\0\0\0'),
  ICO: hex('00000100010010100000010020006804'),
  'JPEG XL': hex('ff0a7f01080012100900'),
  'JPEG XL in boxes': hex('0000000c4a584c200d0a870a00000014667479706a786c20'),
  'JPEG 2000': hex('0000000c6a5020200d0a870a00000014667479706a703220'),
  PPM: latin('P6\n400 400\n255\n'),
  PSD: latin('8BPS\0\x01\0\0\0\0\0\0\0\x03'),
  DNG: hex('49492a0008000000'),
  BigTIFF: hex('4d4d002b00080000'),
  EXR: hex('762f310102000000'),
  FITS: latin('SIMPLE  =                    T'),
  HDR: latin('#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n'),
  'a file of libvips': hex('b6a6f20800000190'),
  MVG: latin('push graphic-context\nviewbox 0 0 400 400\nimage over 0,0 0,0 "https:x"\n'),
  MSL: latin('<?xml version="1.0"?><image><read filename="/etc/passwd"/></image>'),
  'an AVI': latin('RIFF\xff\x0f\0\0AVI LIST'),
};

const SIZE = { width: 400, height: 400, type: 0 };
const ROWS = Buffer.alloc(401 * 400, 0);
const whole = () => png({ ...SIZE, rows: ROWS });

/** What is wrong with each is what the name says, and nothing else. */
export const CORRUPT_PNGS: Record<string, () => Buffer> = {
  'a signature without its first bit': () => altered(whole(), 0, 0x09),
  'a signature after a text transfer': () => altered(whole(), 4, 0x0a),
  'bit depth 0': () => png({ ...SIZE, bits: 0, rows: ROWS }),
  'bit depth 3': () => png({ ...SIZE, bits: 3, rows: ROWS }),
  'bit depth 99': () => png({ ...SIZE, bits: 99, rows: ROWS }),
  'colour type 1': () => png({ ...SIZE, type: 1, rows: ROWS }),
  'colour type 9': () => png({ ...SIZE, type: 9, rows: ROWS }),
  'a palette that is missing': () => png({ ...SIZE, type: 3, rows: ROWS }),
  'no pixels': () => whole().subarray(0, 33),
  'too few pixels': () => png({ ...SIZE, rows: ROWS.subarray(0, 20_000) }),
  'a wrong sum of its header': () => altered(whole(), 29, 0),
  'a wrong sum of its pixels': () => altered(whole(), whole().length - 14, 0x5a),
  'rows of an unknown filter': () => png({ ...SIZE, rows: Buffer.alloc(401 * 400, 9) }),
  'a height of 2,147,483,648': () => png({ ...SIZE, height: 2 ** 31, rows: ROWS }),
};

function altered(file: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(file);
  copy[at] = copy[at] === byte ? byte ^ 0xff : byte;
  return copy;
}

const random = dice(SEED);
/** 4 kB of letters that are in no picture by chance. */
export const PAYLOAD = Buffer.from(
  Array.from({ length: 4_096 }, () => 33 + Math.floor(random() * 90)),
);

/** Pictures that are something else as well. */
export async function polyglots(): Promise<Record<string, Buffer>> {
  const size = { width: 400, height: 400 };
  const [jpeg, plain, webp] = [
    await photo(size),
    await photoAs('png', size),
    await photoAs('webp', size),
  ];
  const html = Buffer.concat([Buffer.from('<script>'), PAYLOAD, Buffer.from('</script>')]);
  const zip = Buffer.concat([
    hex('504b0304140000000000'),
    PAYLOAD,
    hex('504b0506'),
    Buffer.alloc(18),
  ]);
  const megabyte = Buffer.concat(Array.from({ length: 256 }, () => PAYLOAD));
  return {
    'JPEG and ZIP': Buffer.concat([jpeg, zip]),
    'JPEG and HTML in a comment': withSegment(jpeg, 0xfe, html),
    'JPEG and HTML in EXIF': withSegment(jpeg, 0xe1, Buffer.concat([latin('Exif\0\0'), html])),
    'JPEG and a megabyte': Buffer.concat([jpeg, megabyte]),
    'JPEG and JPEG': Buffer.concat([jpeg, withSegment(jpeg, 0xfe, PAYLOAD)]),
    'GIF and JavaScript': Buffer.concat([latin('GIF89a/*'), PAYLOAD, latin('*/=1;')]),
    'PDF and JPEG': Buffer.concat([latin('%PDF-1.4\n'), PAYLOAD, jpeg]),
    'PNG and PHP in a text': withPngText(plain, `Comment\0<?php ${PAYLOAD} ?>`),
    'PNG and PHP in its palette': png({
      ...{ ...SIZE, type: 3, rows: ROWS },
      more: [pngChunk('PLTE', PAYLOAD.subarray(0, 768))],
    }),
    'PNG and PHP in its pixels': png({ ...SIZE, rows: pixelsOfPayload() }),
    'PNG and what follows': Buffer.concat([plain, megabyte]),
    'PNG and a private chunk': Buffer.concat([
      plain.subarray(0, 33),
      pngChunk('prIv', PAYLOAD),
      plain.subarray(33),
    ]),
    'WebP and a chunk': webpWith(webp, PAYLOAD),
    'WebP and what follows': Buffer.concat([webp, PAYLOAD]),
    'AVIF and what follows': Buffer.concat([await photoAs('avif', size), PAYLOAD]),
    'WebP of another kind': await sharp(jpeg).webp({ lossless: true }).toBuffer(),
  };
}

function pixelsOfPayload(): Buffer {
  const rows = Buffer.from(ROWS);
  for (let y = 0; y < 400; y += 1)
    PAYLOAD.copy(rows, y * 401 + 1, (y % 10) * 400, (y % 10) * 400 + 400);
  return rows;
}

function webpWith(webp: Buffer, body: Buffer): Buffer {
  const file = Buffer.concat([webp, latin('EVIL\0\0\0\0'), body]);
  file.writeUInt32LE(body.length, webp.length + 4);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

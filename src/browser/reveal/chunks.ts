import type { Bytes } from './bytes.ts';
import { readExif } from './exif.ts';
import { note, type Revealed } from './findings.ts';
import { readXmp } from './xmp.ts';

const MOST_CHUNKS = 10_000;
const TEXT_READ = 65_000;

/** Reads the chunks of a PNG. */
export function readPng(file: Bytes, revealed: Revealed): void {
  let at = 8;
  for (let count = 0; count < MOST_CHUNKS && at < file.length; count += 1) {
    const length = file.u32(at);
    const type = file.text(at + 4, 4);
    if (type === 'IEND') return;
    if (type !== 'IDAT') readPngChunk(type, file.slice(at + 8, length), revealed);
    at += 12 + length;
  }
}

function readPngChunk(type: string, body: Bytes, revealed: Revealed): void {
  const { findings } = revealed;
  if (type === 'eXIf') revealed.place = readExif(body, revealed);
  else if (type === 'iCCP') note(findings, 'icc');
  else if (type === 'tIME') note(findings, 'time');
  else if (type === 'tEXt' || type === 'zTXt' || type === 'iTXt') {
    const text = body.text(0, Math.min(TEXT_READ, body.length));
    if (text.startsWith('XML:com.adobe.xmp')) readXmp(text, findings);
    else
      note(findings, 'comment', type === 'tEXt' ? text.replace('\0', ': ') : text.split('\0')[0]);
  }
}

/** Reads the chunks of a WebP. */
export function readWebp(file: Bytes, revealed: Revealed): void {
  const { findings } = revealed;
  let at = 12;
  for (let count = 0; count < MOST_CHUNKS && at + 8 <= file.length; count += 1) {
    const type = file.text(at, 4);
    const length = file.u32(at + 4, true);
    if (type === 'EXIF') revealed.place = readExif(file.slice(at + 8, length), revealed);
    else if (type === 'XMP ') {
      readXmp(file.text(at + 8, Math.min(TEXT_READ, length)), findings);
    } else if (type === 'ICCP') note(findings, 'icc');
    at += 8 + length + (length % 2);
  }
}

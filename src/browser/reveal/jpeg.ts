import { attempt, type Bytes } from './bytes.ts';
import { readExif } from './exif.ts';
import { note, type Revealed } from './findings.ts';
import { readXmp } from './xmp.ts';

const [END, SCAN, COMMENT] = [0xd9, 0xda, 0xfe];
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const MOST_SEGMENTS = 1000;
const XMP_READ = 65_000;

/** Reads the segments before the pixels of a JPEG. */
export function readJpeg(file: Bytes, revealed: Revealed): void {
  let at = 2;
  for (let count = 0; count < MOST_SEGMENTS; count += 1) {
    while (file.u8(at) === 0xff && file.u8(at + 1) === 0xff) at += 1;
    const marker = file.u8(at + 1);
    if (file.u8(at) !== 0xff || marker === SCAN || marker === END) return;
    const length = file.u16(at + 2);
    if (length < 2) return;
    readSegment(marker, file.slice(at + 4, length - 2), revealed);
    at += 2 + length;
  }
}

function readSegment(marker: number, body: Bytes, revealed: Revealed): void {
  const { findings } = revealed;
  const starts = (text: string) => attempt(() => body.text(0, text.length)) === text;
  if (marker === COMMENT)
    note(
      findings,
      'comment',
      attempt(() => body.text(0, Math.min(200, body.length))),
    );
  else if (marker === 0xe1 && starts('Exif\0')) revealed.place = readExif(body, revealed);
  else if (marker === 0xe1 && starts(XMP)) {
    readXmp(body.text(0, Math.min(XMP_READ, body.length)), findings);
  } else if (marker === 0xe2 && starts('ICC_PROFILE')) note(findings, 'icc');
  else if (marker === 0xed) note(findings, 'iptc');
  else if (marker >= 0xe1 && marker <= 0xef && marker !== 0xe2 && marker !== 0xee) {
    note(findings, 'other');
  }
}

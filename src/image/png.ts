/** What stands in a PNG beside its pixels. */
export interface PngParts {
  /** TIFF part of the eXIf chunk; it may stand behind the pixels, where libvips never looks. */
  exif: Buffer | null;
  /** Texts (tEXt, zTXt, iTXt), XMP among them. */
  texts: number;
  /** Those of them that may be compressed: who opens the file opens them. */
  packedTexts: number;
  /** All chunks but the pixels. */
  chunks: number;
  xmp: boolean;
  time: boolean;
  /** Bytes after the end. */
  trailing: number;
}

const TEXTS = new Set(['tEXt', 'zTXt', 'iTXt']);
const XMP_KEYWORD = 'XML:com.adobe.xmp';

/** Walks the chunks of a PNG without inflating anything. Never throws. */
export function readPngParts(file: Buffer): PngParts {
  const parts: PngParts = {
    exif: null,
    texts: 0,
    packedTexts: 0,
    chunks: 0,
    xmp: false,
    time: false,
    trailing: 0,
  };
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    const isXmp = body.toString('latin1', 0, XMP_KEYWORD.length) === XMP_KEYWORD;
    if (type !== 'IDAT') parts.chunks += 1;
    if (type === 'zTXt' || type === 'iTXt') parts.packedTexts += 1;
    if (type === 'eXIf') parts.exif = body;
    if (type === 'tIME') parts.time = true;
    if (TEXTS.has(type) && isXmp) parts.xmp = true;
    else if (TEXTS.has(type)) parts.texts += 1;
    at += length + 12;
    if (type === 'IEND') parts.trailing = Math.max(0, file.length - at);
    if (type === 'IEND') break;
  }
  return parts;
}

import { TRACES, type Trace } from '../submission/photo.ts';
import { type Exif, readExif } from './exif.ts';
import type { Inspected } from './inspect.ts';

/** What the sent file held beside its pixels. */
export interface Traces extends Omit<Exif, 'traces'> {
  /** In the order of TRACES. */
  removed: Trace[];
}

/** Bytes of XMP that are looked at; honest ones are below 64 KB, bombs inflate to 300 MB. */
const XMP_READ = 200_000;

/** What parts of an XMP packet tell, by the names of their properties. */
const TRACE_OF_XMP: [RegExp, Trace][] = [
  [/GPSLatitude|GPSLongitude/, 'gps'],
  [/SerialNumber/, 'serial'],
  [/tiff:(Make|Model)/, 'device'],
  [/CreatorTool|photoshop:/, 'software'],
  [/dc:creator|dc:rights/, 'author'],
  [/CreateDate|DateTimeOriginal/, 'time'],
];

/** APP0 JFIF, APP1 EXIF and XMP, APP2 ICC and picture index, APP13 IPTC, APP14 colour transform. */
const KNOWN_APPLICATIONS = new Set([0, 1, 2, 13, 14]);
const PNG_END = Buffer.from('0000000049454e44ae426082', 'hex');

/** Lists what the file would have given away. Looks only; cleaning removes all of it anyway. */
export function readTraces(file: Buffer, { header, jpeg, heif, metadata }: Inspected): Traces {
  const exifBlock = heif?.exif ?? metadata?.exif;
  const exif = exifBlock ? readExif(exifBlock) : { traces: [], taken: null, words: '' };
  const found = new Set<Trace>(exif.traces);
  const xmp = heif?.xmp ?? metadata?.xmp;
  if (xmp) for (const trace of tracesOfXmp(xmp)) found.add(trace);
  if (metadata?.iptc) found.add('iptc');
  if (heif?.icc ?? metadata?.icc) found.add('icc');
  if (jpeg?.comments || metadata?.comments?.length) found.add('comment');
  const unknown = [...(jpeg?.applications ?? [])].some((app) => !KNOWN_APPLICATIONS.has(app));
  if (unknown || hasTail(file, header.format, jpeg?.trailing ?? 0)) found.add('other');
  return {
    removed: TRACES.filter((trace) => found.has(trace)),
    taken: exif.taken,
    words: exif.words,
  };
}

function tracesOfXmp(xmp: Buffer): Trace[] {
  const text = xmp.toString('latin1', 0, XMP_READ);
  const told = TRACE_OF_XMP.filter(([name]) => name.test(text)).map(([, trace]) => trace);
  return ['xmp', ...told];
}

/** Bytes after the picture's end: a second picture, a motion photo's video, a polyglot. */
function hasTail(file: Buffer, format: string, afterJpeg: number): boolean {
  if (format === 'png') return !file.subarray(-12).equals(PNG_END);
  if (format === 'webp') return file.readUInt32LE(4) + 9 < file.length;
  return afterJpeg > 0;
}

import { TRACES, type Trace } from '../submission/photo.ts';
import { type Exif, readExif } from './exif.ts';
import type { Inspected } from './inspect.ts';
import type { Header } from './policy.ts';

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

/** Lists what the file would have given away. Looks only; cleaning removes all of it anyway. */
export function readTraces(file: Buffer, inspected: Inspected): Traces {
  const { header, jpeg, png, heif, metadata } = inspected;
  const exifBlock = heif?.exif ?? png?.exif ?? metadata?.exif;
  const exif = exifBlock ? readExif(exifBlock) : { traces: [], taken: null, words: '' };
  const found = new Set<Trace>(exif.traces);
  const xmp = heif?.xmp ?? metadata?.xmp;
  if (xmp) for (const trace of tracesOfXmp(xmp)) found.add(trace);
  if (png?.xmp) found.add('xmp');
  if (png?.time) found.add('time');
  if (metadata?.iptc) found.add('iptc');
  if (heif?.icc ?? metadata?.icc) found.add('icc');
  if (jpeg?.comments || png?.texts) found.add('comment');
  const unknown = [...(jpeg?.applications ?? [])].some((app) => !KNOWN_APPLICATIONS.has(app));
  if (unknown || jpeg?.trailing || png?.trailing || hasWebpTail(file, header)) found.add('other');
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

function hasWebpTail(file: Buffer, { format }: Header): boolean {
  // Chunks are padded to even lengths, and some writers count the padding, some do not.
  return format === 'webp' && file.readUInt32LE(4) + 9 < file.length;
}

import sharp from 'sharp';
import { pngChunk } from './bombs.ts';
import {
  CANARY,
  photo,
  photoAs,
  withPngText,
  withSegment,
  withTail,
  withTraces,
} from './pictures.ts';

/** Baku's latitude as EXIF writes it: 40 degrees, 22 minutes. */
const PLACE = Buffer.from('00000028000000010000001600000001', 'hex');
/** What must be in no output: each stands in one of the files at least. */
export const CANARIES: (string | Buffer)[] = [CANARY, PLACE, 'jumb', 'MPF\0', 'ftypmp42'];

const text = (label: string, body = `${CANARY} ${label}`) =>
  Buffer.from(`${label}${body}`, 'latin1');

/** Photos that carry everything a camera, an editor or a network writes beside the pixels. */
export async function withCanaries(): Promise<Record<string, Buffer>> {
  const size = { width: 400, height: 300 };
  const jpeg = await photo(size);
  const [png, webp] = [await photoAs('png', size), sharp(jpeg).webp()];
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>${CANARY}</a></x:xmpmeta>`;
  const exif = {
    IFD0: { Artist: CANARY, ImageDescription: CANARY },
    IFD3: { GPSMapDatum: CANARY },
  };
  return {
    'EXIF, GPS, XMP, thumbnail, comment': withTraces(jpeg),
    IPTC: withSegment(jpeg, 0xed, text('Photoshop 3.0\0', `8BIM\x04\x04\0\0\0\0\0\x20${CANARY}`)),
    'an ICC description': withSegment(jpeg, 0xe2, text('ICC_PROFILE\0\x01\x01')),
    'a maker’s segment': withSegment(jpeg, 0xe5, text('Maker\0')),
    C2PA: withSegment(jpeg, 0xeb, text('JP\0\x01\0\0\0\x01\0\0\0\x40jumb')),
    'a second picture': withTail(withSegment(jpeg, 0xe2, text('MPF\0')), `\xff\xd8${CANARY}`),
    'a film behind it': withTail(jpeg, `\0\0\0\x18ftypmp42${CANARY}`),
    'PNG texts': withPngText(png),
    'PNG XMP': withPngText(png, `XML:com.adobe.xmp\0${xmp}`),
    'PNG EXIF': Buffer.concat([png.subarray(0, 33), pngChunk('eXIf', PLACE), png.subarray(33)]),
    'WebP XMP': await webp.clone().withXmp(xmp).withExif(exif).toBuffer(),
    'AVIF EXIF': await sharp(jpeg).avif({ effort: 0 }).withExif(exif).toBuffer(),
  };
}

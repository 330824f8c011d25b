import type { Trace } from '../../submission/photo.ts';
import { type Findings, note } from './findings.ts';

/** What parts of an XMP packet tell, by the names of their properties. */
const TOLD: [RegExp, Trace][] = [
  [/GPSLatitude|GPSLongitude/, 'gps'],
  [/SerialNumber/, 'serial'],
  [/tiff:(Make|Model)/, 'device'],
  [/CreatorTool|photoshop:/, 'software'],
  [/dc:creator|dc:rights/, 'author'],
  [/CreateDate|DateTimeOriginal/, 'time'],
];

export function readXmp(text: string, findings: Findings): void {
  note(findings, 'xmp');
  for (const [name, trace] of TOLD) if (name.test(text)) note(findings, trace);
}

/** What stands in a JPEG beside its pixels. */
export interface JpegParts {
  /** Number of scans; baseline files have one. */
  scans: number;
  /** Comment segments (COM). */
  comments: number;
  /** Application segments by number, APP0 to APP15. */
  applications: Set<number>;
  /** All segments but the scans. */
  segments: number;
  /** Bytes after the picture's end: a second picture, a motion photo's video, anything. */
  trailing: number;
}

const [START_OF_SCAN, END, COMMENT] = [0xda, 0xd9, 0xfe];

/** Walks the segments of a JPEG up to its end, without decoding anything. Never throws. */
export function readJpegParts(file: Buffer): JpegParts {
  const parts: JpegParts = {
    scans: 0,
    comments: 0,
    applications: new Set(),
    segments: 0,
    trailing: 0,
  };
  let at = nextMarker(file, 2);
  while (at !== -1) {
    const marker = file[at + 1] ?? 0;
    if (marker === END) {
      parts.trailing = file.length - at - 2;
      break;
    }
    if (marker === START_OF_SCAN) parts.scans += 1;
    else parts.segments += 1;
    if (marker === COMMENT) parts.comments += 1;
    if (marker >= 0xe0 && marker <= 0xef) parts.applications.add(marker - 0xe0);
    at = nextMarker(file, at + 2 + segmentLength(file, at));
  }
  return parts;
}

function segmentLength(file: Buffer, at: number): number {
  return at + 4 <= file.length ? file.readUInt16BE(at + 2) : 0;
}

/** The next marker that begins a segment, over pixel data, fill bytes and restart markers. */
function nextMarker(file: Buffer, from: number): number {
  let at = file.indexOf(0xff, from);
  while (at !== -1) {
    const marker = file[at + 1] ?? 0;
    const inPixels = marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8);
    if (!inPixels && marker !== 0xff) return at + 1 < file.length ? at : -1;
    at = file.indexOf(0xff, at + 1);
  }
  return -1;
}

/** Names of the segments of a JPEG in order, up to its end: `SOI`, `APP0`, ... */
export function segmentsOf(jpeg: Buffer): string[] {
  const names = ['SOI'];
  let at = 2;
  while (at < jpeg.length) {
    const marker = jpeg[at + 1] ?? 0;
    names.push(nameOf(marker));
    if (marker === 0xd9) break;
    at += 2 + jpeg.readUInt16BE(at + 2);
    // Pixel data: up to the next marker that is neither stuffing nor a restart.
    while (marker === 0xda && !(jpeg[at] === 0xff && isMarker(jpeg[at + 1] ?? 0))) at += 1;
  }
  if (at + 2 !== jpeg.length) names.push('TAIL');
  return names;
}

function isMarker(byte: number): boolean {
  return byte !== 0 && (byte < 0xd0 || byte > 0xd7);
}

function nameOf(marker: number): string {
  if (marker >= 0xe0 && marker <= 0xef) return `APP${marker - 0xe0}`;
  const names: Record<number, string> = {
    196: 'DHT',
    217: 'EOI',
    218: 'SOS',
    219: 'DQT',
    254: 'COM',
  };
  return names[marker] ?? (marker >= 0xc0 && marker <= 0xcf ? 'SOF' : marker.toString(16));
}

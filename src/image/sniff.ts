/** The kinds of file a photo may arrive as. */
export type PhotoFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'heic';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
/** Brands of the HEIF family, telling which codec is inside. */
const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx']);

/** Tells a photo's kind by its first bytes alone; null for whatever is not on the list. */
export function sniff(file: Buffer): PhotoFormat | null {
  if (file.length < 12) return null;
  if (file.readUIntBE(0, 3) === 0xffd8ff) return 'jpeg';
  if (file.subarray(0, 8).equals(PNG)) return 'png';
  if (ascii(file, 0) === 'RIFF' && ascii(file, 8) === 'WEBP') return 'webp';
  if (ascii(file, 4) === 'ftyp') return sniffBrands(file);
  return null;
}

/** The first brand that names a codec decides; `mif1` and its like say nothing. */
function sniffBrands(file: Buffer): PhotoFormat | null {
  const end = Math.min(file.readUInt32BE(0), file.length - 3, 256);
  for (let at = 8; at < end; at += 4) {
    const brand = ascii(file, at);
    if (AVIF_BRANDS.has(brand)) return 'avif';
    if (HEIC_BRANDS.has(brand)) return 'heic';
  }
  return null;
}

function ascii(file: Buffer, at: number): string {
  return file.toString('latin1', at, at + 4);
}

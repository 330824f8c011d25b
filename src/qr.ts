import { encode } from 'uqr';

/** Light modules that scanners need around a code. */
const BORDER = 4;

/** A text as a QR code: the side of its square in modules, and the dark ones as the data of a path. */
export function qrCode(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  return { size, path: data.map(rowPath).join('') };
}

function rowPath(row: readonly boolean[], y: number): string {
  return row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('');
}

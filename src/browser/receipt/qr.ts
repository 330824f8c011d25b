import { encode } from 'uqr';

const SVG = 'http://www.w3.org/2000/svg';
/** Light modules that scanners need around a code. */
const BORDER = 4;

/** Draws a text as a QR code, right here: nobody else sees what is in it. */
export function drawQr(text: string, label: string): SVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER });
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const dark = document.createElementNS(SVG, 'path');
  dark.setAttribute('d', data.map((row, y) => rowPath(row, y)).join(''));
  svg.append(dark);
  return svg;
}

function rowPath(row: readonly boolean[], y: number): string {
  return row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('');
}

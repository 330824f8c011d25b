import { qrCode } from '../../qr.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Draws a text as a QR code, right here: nobody else sees what is in it. */
export function drawQr(text: string, label: string): SVGElement {
  const { size, path } = qrCode(text);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${size} ${size}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  svg.setAttribute('shape-rendering', 'crispEdges');
  const dark = document.createElementNS(SVG, 'path');
  dark.setAttribute('d', path);
  svg.append(dark);
  return svg;
}

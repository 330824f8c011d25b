import type { Pixels } from './pixels.ts';

/** In place of a hue: grey, white, black, or too pale to say. */
export const NO_HUE = 255;
/** The circle of hues in steps of 2 degrees, so that one byte holds it. */
export const HUE_STEPS = 180;

/** Difference of the strongest and weakest band from which a pixel has a colour at all. */
const COLOURED = 34;
/** The same as a share of the strongest band: a white wall in evening light stays white. */
const SATURATED = 0.28;

/** Hue of every pixel, 0 to 179, or NO_HUE. */
export function huesOf({ data }: Pixels): Uint8Array {
  const hues = new Uint8Array(data.length / 3);
  for (let at = 0; at < hues.length; at += 1) {
    hues[at] = hueOf(data[at * 3] ?? 0, data[at * 3 + 1] ?? 0, data[at * 3 + 2] ?? 0);
  }
  return hues;
}

function hueOf(red: number, green: number, blue: number): number {
  const strongest = Math.max(red, green, blue);
  const chroma = strongest - Math.min(red, green, blue);
  if (chroma < COLOURED || chroma < strongest * SATURATED) return NO_HUE;
  const sixth = HUE_STEPS / 6;
  let hue = (green - blue) / chroma;
  if (strongest === green) hue = (blue - red) / chroma + 2;
  else if (strongest === blue) hue = (red - green) / chroma + 4;
  return Math.floor((hue * sixth + HUE_STEPS) % HUE_STEPS);
}

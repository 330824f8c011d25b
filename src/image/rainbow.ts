import type { Pixels } from './pixels.ts';
export function showsRainbow(_p: Pixels): boolean {
  return false;
}

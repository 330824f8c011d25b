import type { Area } from '../../submission/areas.ts';
import { movedArea, resizedArea } from './geometry.ts';

/** One press moves by a hundredth of the picture; with Alt by a fifth of that. */
const STEP = 0.01;
const FINE = 0.002;

const DIRECTIONS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Press {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
}

/** What a key makes of an area: arrows move it, with Shift they size it. */
export function keyChange({ key, shiftKey, altKey }: Press, area: Area): Area | undefined {
  const direction = DIRECTIONS[key];
  if (!direction) return undefined;
  const step = altKey ? FINE : STEP;
  const [dx, dy] = [direction[0] * step, direction[1] * step];
  return shiftKey ? resizedArea(area, dx, dy) : movedArea(area, dx, dy);
}

/** What a button of the tools makes of an area: larger steps, for each is a press of its own. */
const BUTTON = 0.03;

export const BUTTON_CHANGES: Record<string, (area: Area) => Area> = {
  left: (area) => movedArea(area, -BUTTON, 0),
  right: (area) => movedArea(area, BUTTON, 0),
  up: (area) => movedArea(area, 0, -BUTTON),
  down: (area) => movedArea(area, 0, BUTTON),
  wider: (area) => resizedArea(area, BUTTON, 0),
  narrower: (area) => resizedArea(area, -BUTTON, 0),
  taller: (area) => resizedArea(area, 0, BUTTON),
  shorter: (area) => resizedArea(area, 0, -BUTTON),
};

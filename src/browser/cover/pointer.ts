import type { Area } from '../../submission/areas.ts';
import type { Areas } from './areas.ts';
import { areaBetween, clamp, movedArea, type Point } from './geometry.ts';
import type { StageEvents } from './stage.ts';

/** A smaller stroke is a tap, and a tap draws nothing. */
const TAP = 0.012;

/** Makes of a pointer's place what the area becomes; nothing for an area not worth drawing. */
type Drag = (at: Point) => void;

/** Draws new areas, moves those that are taken, and pulls at their corners. */
export function followPointer(stage: HTMLElement, areas: Areas, events: StageEvents): void {
  let drag: Drag | undefined;
  let current: number | undefined;

  function pointOf({ clientX, clientY }: PointerEvent): Point {
    const box = stage.getBoundingClientRect();
    return {
      x: clamp((clientX - box.left) / box.width, 0, 1),
      y: clamp((clientY - box.top) / box.height, 0, 1),
    };
  }

  function draw(from: Point): Drag {
    return (at) => {
      if (Math.hypot(at.x - from.x, at.y - from.y) < TAP) return;
      const area = areaBetween(from, at);
      if (current === undefined) {
        current = areas.add([area])[0];
        events.select(current);
      } else areas.change(current, area, 'draw');
    };
  }

  function move(id: number, cover: Area, from: Point): Drag {
    return (at) => areas.change(id, movedArea(cover, at.x - from.x, at.y - from.y), 'drag');
  }

  function pull(id: number, { x, y, width, height }: Area, corner: string): Drag {
    const fixed = {
      x: corner.endsWith('w') ? x + width : x,
      y: corner.startsWith('n') ? y + height : y,
    };
    return (at) => areas.change(id, areaBetween(fixed, at), 'drag');
  }

  stage.addEventListener('pointerdown', (event) => {
    if (!stage.classList.contains('active') || !event.isPrimary || event.button !== 0) return;
    const target = event.target as HTMLElement;
    const id = Number(target.closest<HTMLElement>('[data-area]')?.dataset.area);
    const cover = areas.get(id);
    const from = pointOf(event);
    current = cover?.id;
    if (!cover) drag = draw(from);
    else {
      const { corner } = target.dataset;
      drag = corner ? pull(id, cover, corner) : move(id, cover, from);
      target.closest<HTMLElement>('[data-area]')?.focus({ preventScroll: true });
      events.select(id);
    }
    stage.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  stage.addEventListener('pointermove', (event) => {
    if (event.isPrimary) drag?.(pointOf(event));
  });
  for (const end of ['pointerup', 'pointercancel'] as const) {
    stage.addEventListener(end, (event) => {
      if (!drag || !event.isPrimary) return;
      drag = undefined;
      areas.endStep();
      if (current !== undefined) events.settled(current);
    });
  }
}

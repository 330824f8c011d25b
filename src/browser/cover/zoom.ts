import { part } from '../page.ts';
import { clamp } from './geometry.ts';

const LARGEST = 6;
const STEP = 1.5;

/**
 * Makes the picture on the stage larger than its window. There it is moved with the wheel, with
 * arrow keys, or with a finger while the hand is on: a finger otherwise draws. `handed` is told
 * when the hand is taken or put down.
 */
export function openZoom(
  desk: HTMLElement,
  picture: HTMLImageElement,
  handed: (on: boolean) => void,
): void {
  const frame = part(desk, 'window');
  const closer = part<HTMLButtonElement>(desk, 'zoom-in');
  const farther = part<HTMLButtonElement>(desk, 'zoom-out');
  const hand = part<HTMLButtonElement>(desk, 'hand');
  let scale = 1;

  /** What lies in the middle of the window stays there. */
  function set(next: number): void {
    const middle = (from: number, shown: number, all: number) => (from + shown / 2) / all;
    const x = middle(frame.scrollLeft, frame.clientWidth, frame.scrollWidth);
    const y = middle(frame.scrollTop, frame.clientHeight, frame.scrollHeight);
    scale = clamp(next, 1, LARGEST);
    picture.style.setProperty('--zoom', String(scale));
    const zoomed = scale > 1;
    frame.classList.toggle('zoomed', zoomed);
    // Only what scrolls needs to be reached by keyboard.
    if (zoomed) frame.tabIndex = 0;
    else frame.removeAttribute('tabindex');
    closer.disabled = scale === LARGEST;
    farther.disabled = !zoomed;
    hand.disabled = !zoomed;
    if (!zoomed) take(false);
    frame.scrollLeft = x * frame.scrollWidth - frame.clientWidth / 2;
    frame.scrollTop = y * frame.scrollHeight - frame.clientHeight / 2;
  }

  function take(on: boolean): void {
    if (hand.getAttribute('aria-pressed') === String(on)) return;
    hand.setAttribute('aria-pressed', String(on));
    handed(on);
  }

  picture.style.setProperty('--ratio', String(picture.width / picture.height));
  closer.addEventListener('click', () => set(scale * STEP));
  farther.addEventListener('click', () => {
    set(scale / STEP);
    if (farther.disabled) closer.focus();
  });
  hand.addEventListener('click', () => take(hand.getAttribute('aria-pressed') !== 'true'));
}

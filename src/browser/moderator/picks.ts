import { part, word } from '../page.ts';
import type { Line } from './line.ts';
import { onShow } from './page.ts';

/** Picking many photos of the list: all, or with Shift all between two. */
export function followPicks(line: Line): void {
  onShow((main, fresh) => {
    const form = main.querySelector<HTMLFormElement>('form.bulk');
    if (fresh && form) equip(form, line);
  });
}

function equip(form: HTMLFormElement, line: Line): void {
  const all = part<HTMLButtonElement>(form, 'pick-all');
  const picked = part(form, 'picked');
  let shift = false;
  let last: HTMLInputElement | undefined;

  const boxes = () => [...form.querySelectorAll<HTMLInputElement>('input[name="pick"]')];

  function render(): void {
    const count = boxes().filter(({ checked }) => checked).length;
    const text = word('queue.picked', { count });
    if (picked.textContent !== text) picked.textContent = text;
    all.textContent = word(count > 0 ? 'queue.pick.none' : 'queue.pick.all');
  }

  for (const kind of ['pointerdown', 'pointerup', 'keydown', 'keyup', 'click'] as const) {
    form.addEventListener(kind, (event) => {
      shift = event.shiftKey;
    });
  }
  form.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === 'pick') {
      if (shift && last) pickBetween(boxes(), last, target);
      last = target;
    }
    render();
  });
  all.addEventListener('click', () => {
    const none = boxes().some(({ checked }) => checked);
    for (const box of boxes()) box.checked = !none;
    render();
  });
  form.addEventListener('submit', (event) => {
    if (boxes().some(({ checked }) => checked)) return;
    event.preventDefault();
    line.say(word('browser.desk.pick'));
  });
  picked.dataset.counted = '';
  all.hidden = false;
  render();
}

function pickBetween(boxes: HTMLInputElement[], a: HTMLInputElement, b: HTMLInputElement): void {
  const [from, to] = [boxes.indexOf(a), boxes.indexOf(b)].sort((x, y) => x - y);
  if (from === undefined || to === undefined || from === -1) return;
  for (const box of boxes.slice(from, to + 1)) box.checked = b.checked;
}

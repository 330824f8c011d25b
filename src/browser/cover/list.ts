import { part, percent, word } from '../page.ts';
import type { Areas } from './areas.ts';

interface ListEvents {
  choose(id: number): void;
  remove(id: number): void;
}

/** The areas as a list, for who cannot see where they lie, with the buttons that change one. */
export function renderList(
  desk: HTMLElement,
  areas: Areas,
  selected: number | undefined,
  events: ListEvents,
): void {
  const covers = areas.all();
  const list = part(desk, 'list');
  part(desk, 'list-title').hidden = covers.length === 0;
  while (list.childElementCount > covers.length) list.lastElementChild?.remove();
  covers.forEach((cover, index) => {
    const item = list.children[index] ?? list.appendChild(makeItem());
    const [choose, remove] = item.querySelectorAll('button');
    if (!choose || !remove) return;
    choose.textContent = nameOf(areas, cover.id);
    choose.setAttribute('aria-pressed', String(cover.id === selected));
    choose.onclick = () => events.choose(cover.id);
    remove.setAttribute('aria-label', word('browser.cover.remove', { number: index + 1 }));
    remove.onclick = () => events.remove(cover.id);
  });
  const number = covers.findIndex(({ id }) => id === selected) + 1;
  part(desk, 'change').hidden = number === 0;
  part(desk, 'change-title').textContent = word('browser.cover.change', { number });
}

/** The name of an area and where it lies, in words. */
export function sentenceOf(areas: Areas, id: number): string {
  const cover = areas.get(id);
  if (!cover) return '';
  const { x, y, width, height } = cover;
  const where = { left: x, top: y, width, height };
  const words = Object.entries(where).map(([name, value]) => [name, percent(value)]);
  return `${nameOf(areas, id)}: ${word('browser.cover.where', Object.fromEntries(words))}`;
}

function nameOf(areas: Areas, id: number): string {
  const index = areas.all().findIndex((cover) => cover.id === id);
  const proposed = areas.all()[index]?.proposed;
  const key = proposed ? 'browser.cover.proposal' : 'browser.cover.area';
  return word(key, { number: index + 1 });
}

function makeItem(): HTMLLIElement {
  const item = document.createElement('li');
  for (const name of ['second', 'second remove']) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = name;
    if (name !== 'second') button.textContent = '×';
    item.append(button);
  }
  return item;
}

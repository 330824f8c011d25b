import { word } from '../page.ts';
import type { Areas, Cover } from './areas.ts';
import { keyChange } from './keys.ts';
import { followPointer } from './pointer.ts';

const CORNERS = ['nw', 'ne', 'sw', 'se'] as const;

/** What the stage tells the rest of the editor. */
export interface StageEvents {
  select(id: number | undefined): void;
  removed(): void;
  /** A finger or key let go of an area. */
  settled(id: number): void;
}

/** Shows the areas over the picture, where they can be drawn, moved and sized. */
export function openStage(stage: HTMLElement, areas: Areas, events: StageEvents) {
  const shown = new Map<number, HTMLButtonElement>();
  let selected: number | undefined;

  function make(id: number): HTMLButtonElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'area';
    button.dataset.area = String(id);
    button.setAttribute('aria-describedby', 'cover-keys');
    for (const corner of CORNERS) {
      const handle = document.createElement('span');
      handle.className = 'handle';
      handle.dataset.corner = corner;
      button.append(handle);
    }
    button.addEventListener('focus', () => events.select(id));
    button.addEventListener('keydown', (event) => {
      const cover = areas.get(id);
      if (!cover) return;
      if (event.key === 'Delete' || event.key === 'Backspace') {
        event.preventDefault();
        areas.remove(id);
        events.removed();
        return;
      }
      const change = keyChange(event, cover);
      if (!change) return;
      event.preventDefault();
      areas.change(id, change, 'keys');
      button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    button.addEventListener('keyup', (event) => {
      if (event.key.startsWith('Arrow')) events.settled(id);
    });
    return button;
  }

  function place(button: HTMLButtonElement, cover: Cover, number: number): void {
    const { style } = button;
    style.left = `${cover.x * 100}%`;
    style.top = `${cover.y * 100}%`;
    style.width = `${cover.width * 100}%`;
    style.height = `${cover.height * 100}%`;
    button.classList.toggle('proposed', cover.proposed);
    button.classList.toggle('selected', cover.id === selected);
    const name = cover.proposed ? 'browser.cover.proposal' : 'browser.cover.area';
    button.setAttribute('aria-label', word(name, { number }));
  }

  followPointer(stage, areas, events);

  return {
    render(active: boolean, chosen: number | undefined): void {
      selected = chosen;
      stage.classList.toggle('active', active);
      const covers = areas.all();
      for (const [id, button] of shown) {
        if (covers.some((cover) => cover.id === id)) continue;
        button.remove();
        shown.delete(id);
      }
      covers.forEach((cover, index) => {
        const button = shown.get(cover.id) ?? make(cover.id);
        if (!shown.has(cover.id)) stage.append(button);
        shown.set(cover.id, button);
        button.disabled = !active;
        place(button, cover, index + 1);
      });
    },
    focus: (id: number) => shown.get(id)?.focus(),
  };
}

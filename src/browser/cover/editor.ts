import type { Area } from '../../submission/areas.ts';
import { part, word } from '../page.ts';
import { openAreas } from './areas.ts';
import { findFaces } from './faces.ts';
import { BUTTON_CHANGES } from './keys.ts';
import { renderList, sentenceOf } from './list.ts';
import { openStage } from './stage.ts';

/** Where the button puts an area: the middle, for it to be moved from there. */
const MIDDLE: Area = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 };

/**
 * Covering: areas over the photo, drawn, moved, proposed, undone, by pointer and by keyboard.
 * `opened` is told when it is opened or closed, by whomever.
 */
export function openEditor(
  desk: HTMLElement,
  picture: HTMLCanvasElement | HTMLImageElement,
  opened: (yes: boolean) => void,
) {
  const status = part(desk, 'cover-status');
  const undo = part<HTMLButtonElement>(desk, 'undo');
  let selected: number | undefined;
  let active = false;

  const areas = openAreas(render);
  const say = (text: string) => {
    status.textContent = text;
  };
  const stage = openStage(part(desk, 'stage'), areas, {
    select,
    removed,
    settled: (id) => say(sentenceOf(areas, id)),
  });

  function select(id: number | undefined): void {
    selected = id;
    render();
  }

  function removed(): void {
    say(word('browser.cover.removed'));
    const next = areas.all().at(-1)?.id;
    select(next);
    if (next === undefined) part(desk, 'add').focus();
    else stage.focus(next);
  }

  function render(): void {
    if (selected !== undefined && !areas.get(selected)) selected = undefined;
    stage.render(active, selected);
    undo.disabled = !areas.canUndo();
    part(desk, 'proposals').hidden = !areas.hasProposals();
    renderList(desk, areas, selected, {
      choose: (id) => {
        select(id);
        stage.focus(id);
      },
      remove: (id) => {
        areas.remove(id);
        removed();
      },
    });
  }

  function open(yes: boolean): void {
    active = yes;
    opened(yes);
    render();
  }

  async function propose(): Promise<void> {
    const button = part<HTMLButtonElement>(desk, 'faces');
    button.disabled = true;
    say(word('browser.cover.faces.busy'));
    try {
      const found = await findFaces(picture);
      areas.add(found, true);
      const count = found.length;
      say(word(count > 0 ? 'browser.cover.faces.found' : 'browser.cover.faces.none', { count }));
    } catch {
      say(word('browser.cover.faces.failed'));
    }
    button.disabled = false;
  }

  const clicked = (name: string, act: () => unknown) =>
    part(desk, name).addEventListener('click', act);
  clicked('faces', propose);
  clicked('add', () => {
    const [id] = areas.add([MIDDLE]);
    if (id === undefined) return;
    select(id);
    stage.focus(id);
    say(word('browser.cover.added', { number: areas.all().length }));
  });
  clicked('undo', () => {
    areas.undo();
    say(word('browser.cover.undone'));
    if (undo.disabled) part(desk, 'add').focus();
  });
  for (const [name, agreed] of [
    ['keep', true],
    ['discard', false],
  ] as const) {
    clicked(name, () => {
      areas.decide(agreed);
      part(desk, 'add').focus();
    });
  }
  for (const button of desk.querySelectorAll<HTMLElement>('[data-step]')) {
    button.addEventListener('click', () => {
      const cover = selected === undefined ? undefined : areas.get(selected);
      const change = BUTTON_CHANGES[button.dataset.step ?? ''];
      if (!cover || !change) return;
      const { x, y, width, height } = change(cover);
      areas.change(cover.id, { x, y, width, height }, 'buttons');
      areas.endStep();
      say(sentenceOf(areas, cover.id));
    });
  }

  return {
    areas: () => areas.agreed(),
    add: (more: readonly Area[]) => areas.add(more),
    open,
    isOpen: () => active,
    /** Tells whoever listens, too. */
    say,
    /** Another photo has other areas. */
    clear: () => areas.clear(),
    /** Whether everything proposed is decided; if not, leads the person there. */
    decided(): boolean {
      if (!areas.hasProposals()) return true;
      open(true);
      say(word('browser.cover.undecided'));
      part(desk, 'keep').focus();
      return false;
    },
  };
}

export type Editor = ReturnType<typeof openEditor>;

import type { Area } from '../../submission/areas.ts';
import { openEditor } from '../cover/editor.ts';
import { openZoom } from '../cover/zoom.ts';
import { part, word } from '../page.ts';
import { onShow } from './page.ts';

/** The areas of a photo that are drawn and not painted yet. */
interface Drawing {
  /** Where they are sent: names the photo. */
  address: string;
  areas(): Area[];
  /** Leads the person there. */
  show(): void;
}

let drawing: Drawing | undefined;

/** Lets areas be drawn over the photo that is shown, in the place of typing numbers. */
export function followCovers(): void {
  onShow((main, fresh) => {
    const desk = main.querySelector<HTMLDetailsElement>('[data-part="cover-editor"]');
    const form = desk?.querySelector('form');
    if (!fresh || !desk || !form) return;
    // The same photo shown anew, for a colleague changed it meanwhile: what was drawn stays.
    const before = drawing?.address === form.action ? drawing.areas() : [];
    drawing = equip(desk, form, before);
    if (before.length > 0) desk.open = true;
  });
}

/** Whether areas are drawn and not painted: then nobody approves, and is shown why. */
export function bringUnpainted(main: ParentNode): boolean {
  const form = main.querySelector<HTMLFormElement>('[data-part="cover-editor"] form');
  if (!form || drawing?.address !== form.action || drawing.areas().length === 0) return false;
  drawing.show();
  return true;
}

function equip(desk: HTMLDetailsElement, form: HTMLFormElement, before: Area[]): Drawing {
  desk.classList.add('ready');
  part(desk, 'numbers').remove();
  part(desk, 'drawing').hidden = false;
  const picture = part<HTMLImageElement>(desk, 'subject');
  const editor = openEditor(desk, picture, () => {});
  openZoom(desk, picture, (moving) => editor.open(!moving));
  desk.addEventListener('toggle', () => editor.open(desk.open));
  editor.open(desk.open);
  editor.add(before);

  let sent = false;
  form.addEventListener('submit', (event) => {
    const areas = editor.areas();
    if (!sent && editor.decided() && areas.length > 0) {
      part<HTMLInputElement>(desk, 'areas').value = JSON.stringify(areas);
      sent = true;
      editor.say(word('cover.sending'));
      return;
    }
    event.preventDefault();
    if (areas.length > 0) return;
    editor.say(word('cover.nothing'));
    part(desk, 'add').focus();
  });
  // A page that comes back from the browser's memory may be sent again.
  addEventListener('pageshow', () => {
    sent = false;
  });

  return {
    address: form.action,
    areas: () => (sent ? [] : editor.areas()),
    show() {
      desk.open = true;
      editor.say(word('cover.unsent'));
      form.querySelector<HTMLElement>('[type="submit"]')?.focus();
    },
  };
}

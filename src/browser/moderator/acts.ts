import { word } from '../page.ts';
import { bringUnpainted } from './cover.ts';
import type { Decision } from './decision.ts';
import type { Line } from './line.ts';
import type { Outbox } from './outbox.ts';
import { onShow, shownMain } from './page.ts';
import { followToggles, readToggles, showMissing } from './toggles.ts';
import type { Walk } from './walk.ts';

/** Nobody has seen three things in a picture sooner: it is a key or a finger pressed twice. */
const GLANCE_MS = 400;

/** What a moderator can do about the photo that is shown: each act is answered by the next photo. */
export function openActs(outbox: Outbox, line: Line, walk: Walk) {
  function decide(act: Decision['act'], body: object, said: (city: string) => string): void {
    const single = walk.current();
    if (single?.state !== 'waiting' || outbox.isDecided(single.id)) return;
    const { id, city, version: seen } = single;
    outbox.add({ id, act, seen, body, city });
    line.say(said(city));
    void walk.onward(single);
  }

  /** `all`: the moderator says to see all three criteria; otherwise they have to be ticked. */
  function approve(all: boolean): void {
    const toggles = readToggles(shownMain());
    if (!toggles.form || bringUnpainted(shownMain())) return;
    if (all && walk.seenFor() < GLANCE_MS) {
      line.say(word('browser.desk.fast'));
      return;
    }
    if (all) toggles.tickCriteria();
    if (toggles.missing().length > 0) line.say(showMissing(toggles));
    else decide('approval', toggles.body(), (city) => word('browser.desk.approved', { city }));
  }

  function reject(button: HTMLButtonElement): void {
    const fields = new FormData(button.form ?? undefined);
    const words = ['note', 'reply'].flatMap((name) => {
      const text = String(fields.get(name) ?? '').trim();
      return text ? [[name, text]] : [];
    });
    const body = { reason: button.value, ...Object.fromEntries(words) };
    const reason = button.querySelector('span:not(.key)')?.textContent ?? '';
    decide('rejection', body, (city) => word('browser.desk.rejected', { city, reason }));
  }

  async function undo(): Promise<void> {
    // What was done by a form of this page came last.
    const form = shownMain().querySelector<HTMLFormElement>('[data-part="flash"] form');
    if (form) {
      form.requestSubmit();
      return;
    }
    const last = outbox.undo();
    if (last) {
      line.say(word('browser.desk.undone', { city: last.city }));
      await walk.back(last.id);
    } else line.say(word('browser.desk.nothing'));
  }

  onShow((main, fresh) => {
    line.undo.hidden = !outbox.canUndo();
    if (!fresh) return;
    followToggles(main);
    listenTo(main, approve, reject);
  });
  line.undo.addEventListener('click', undo);

  return { approve, reject, undo };
}

function listenTo(
  main: HTMLElement,
  approve: (all: boolean) => void,
  reject: (button: HTMLButtonElement) => void,
): void {
  const button = main.querySelector<HTMLButtonElement>('button.approve');
  let pressed = false;
  button?.addEventListener('click', ({ detail }) => {
    // Enter in one of the boxes sends the form, too, as if by this button.
    pressed = detail > 0 || document.activeElement === button;
  });
  main.querySelector('form#approve')?.addEventListener('submit', (event) => {
    event.preventDefault();
    approve(pressed && readToggles(main).none());
    pressed = false;
  });
  main.querySelector('[data-part="reject"] form')?.addEventListener('submit', (event) => {
    event.preventDefault();
    const { submitter } = event as SubmitEvent;
    if (submitter instanceof HTMLButtonElement) reject(submitter);
  });
}

import type { Outbox } from './outbox.ts';
import type { Walk } from './walk.ts';

const SUBMISSION = /^\/moderation\/submissions\/([\w-]+)$/;

/** Links from photo to photo, and the browser's own ways back and forth, without loading anew. */
export function walkByLinks(walk: Walk): void {
  document.addEventListener('click', (event) => {
    const { target, button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event;
    if (defaultPrevented || button !== 0 || ctrlKey || metaKey || shiftKey || altKey) return;
    const link = target instanceof Element ? target.closest('a') : null;
    const rel = link?.rel;
    if (!walk.current() || (rel !== 'next' && rel !== 'prev')) return;
    event.preventDefault();
    void walk.step(rel === 'next' ? 'next' : 'previous');
  });
  addEventListener('popstate', async () => {
    const [, id] = SUBMISSION.exec(location.pathname) ?? [];
    const shown = id !== undefined && walk.current() && (await walk.open(id, false));
    if (!shown) location.reload();
  });
}

/** Warns before unsent decisions are left behind; pages of the desk go on sending them. */
export function leaveSafely(outbox: Outbox): void {
  let inside = false;
  document.addEventListener('click', ({ target }) => {
    const link = target instanceof Element ? target.closest('a') : null;
    inside = link?.getAttribute('href')?.startsWith('/moderation') ?? false;
  });
  addEventListener('submit', () => {
    inside = true;
  });
  addEventListener('beforeunload', (event) => {
    if (outbox.unsent() > 0 && !inside) event.preventDefault();
    inside = false;
  });
}

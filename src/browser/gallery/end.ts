import { word } from '../page.ts';
import { addPhotos, type Batch, fetchBatch, inView } from './batch.ts';

/** Pages that come by themselves before the reader is asked again. */
const UNASKED = 3;
/** How far ahead of the reader the next page is fetched. */
const AHEAD = '300% 0px';

/** Brings the next page of the gallery; resolves when it is there, or when there is none. */
export type More = () => Promise<void>;

/**
 * Adds the next photos before the reader reaches the end of the page. What is in view never moves
 * for it: photos that come late, when the reader has come to the footer, wait until it is out of
 * sight or the link is pressed. Without this the link leads to the next page.
 */
export function followEnd(): More {
  const footer = document.querySelector('.site-footer');
  const status = document.querySelector<HTMLElement>('[data-part="shown"]');
  let place = document.querySelector<HTMLElement>('[data-part="more"]');
  let coming: Promise<Batch> | undefined;
  let unasked = UNASKED;
  let pages = 0;
  if (!place || !footer || !status) return async () => {};

  const link = () => place?.querySelector('a') ?? null;
  const mayMove = () => !inView(footer) && document.activeElement !== link();

  /** Fetches the next page unless it is already coming, and puts it in place when `may` allows. */
  async function bring(may: () => boolean): Promise<HTMLElement[]> {
    const address = link()?.href;
    if (!address || !place) return [];
    coming ??= fetchBatch(address);
    const batch = await coming.catch((error: unknown) => {
      coming = undefined;
      throw error;
    });
    if (address !== link()?.href || !may()) return [];
    const added = addPhotos(place, batch.photos);
    // A new one in its place: it has not moved, it is another.
    if (batch.more) place.replaceWith(batch.more);
    else place.remove();
    near.disconnect();
    place = batch.more;
    if (place) near.observe(place);
    coming = undefined;
    pages += 1;
    history.replaceState({ ...history.state, pages }, '');
    tell();
    return added;
  }

  function tell(): void {
    const number = document.querySelectorAll('.photos > li').length;
    if (status) status.textContent = word('gallery.shown', { number, count: total });
  }
  const total = Number(status.dataset.total);

  async function comeUnasked(): Promise<void> {
    if (unasked === 0 || !place) return;
    // Without a line the link stays, for the reader to try again.
    const added = await bring(mayMove).catch(() => []);
    if (added.length > 0) unasked -= 1;
  }
  const near = new IntersectionObserver(
    ([entry]) => {
      if (entry?.isIntersecting) void comeUnasked();
    },
    { rootMargin: AHEAD },
  );
  const below = new IntersectionObserver(([entry]) => {
    if (!entry?.isIntersecting && coming) void comeUnasked();
  });

  async function come(): Promise<HTMLElement[]> {
    unasked = UNASKED;
    return bring(() => true);
  }

  document.addEventListener('click', async (event) => {
    const pressed = link();
    if (!pressed || !(event.target instanceof Node) || !pressed.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    status.textContent = word('gallery.loading');
    const added = await come().catch(() => location.assign(pressed.href));
    added?.[0]?.querySelector('a')?.focus({ preventScroll: true });
  });

  void comeBack(come).then(() => {
    if (place) near.observe(place);
    below.observe(footer);
  });
  return async () => void (await come());
}

/** Coming back by the browser's button, the reader finds as many photos as there were, and the place. */
async function comeBack(come: () => Promise<unknown>): Promise<void> {
  addEventListener('pagehide', () => {
    if (!history.state?.photo) history.replaceState({ ...history.state, y: scrollY }, '');
  });
  const { pages = 0, y = 0 } = history.state ?? {};
  for (let page = 0; page < pages; page++) await come().catch(() => undefined);
  if (pages > 0) scrollTo({ top: y, behavior: 'instant' });
}

import { locale, word } from '../page.ts';
import { openDeck } from './deck.ts';
import type { Line } from './line.ts';
import type { Outbox } from './outbox.ts';
import { fetchPage, mainOf, onShow, type Page, show, shownMain } from './page.ts';
import { addressOf, type Single, singleIn } from './single.ts';

/** Pages gone past that are kept, for who comes back. */
const TRAIL = 6;
const numbers = new Intl.NumberFormat(locale);

/** Goes from photo to photo: at once where the next page is here already. */
export function openWalk(outbox: Outbox, line: Line) {
  /** How many decisions had arrived when a page was asked for: it knows of no later ones. */
  const knew = new WeakMap<HTMLElement, number>();
  const trail = new Map<string, Page>();
  const deck = openDeck(fetchAhead);
  let current = singleIn(shownMain());
  let since = performance.now();

  async function fetchAhead(id: string): Promise<Page | null> {
    const { arrived } = outbox.counts();
    const page = await fetchPage(addressOf(id), true);
    if (page) knew.set(mainOf(page), arrived);
    return page;
  }

  const isPast = (id: string) => id === current?.id || outbox.isDecided(id);

  onShow((main) => {
    current = singleIn(main);
    since = performance.now();
    if (!current) return;
    showLeft(current, main);
    void deck.fill(current.next, isPast);
  });

  function showLeft({ element, left, state }: Single, main: HTMLElement): void {
    if (state !== 'waiting') return;
    const count = Math.max(1, left - (outbox.counts().made - (knew.get(main) ?? 0)));
    const shown = element.querySelector('[data-left]');
    if (shown) shown.textContent = word('desk.left', { count: numbers.format(count) });
  }

  function move(page: Page, push = true): void {
    const old = current;
    const left = show(page, push);
    if (!old) return;
    trail.delete(old.id);
    trail.set(old.id, left);
    for (const oldest of trail.keys()) if (trail.size > TRAIL) trail.delete(oldest);
  }

  /** A page that is here: fetched ahead, or seen before. */
  function atHand(id: string): Page | undefined {
    const page = deck.take(id) ?? trail.get(id);
    if (page) for (const form of mainOf(page).querySelectorAll('form')) form.reset();
    return page;
  }

  /** A page that is not at hand. Nothing can be done meanwhile. */
  async function slowly(id: string): Promise<Page | null> {
    const main = shownMain();
    main.inert = true;
    const page = await deck.wait(id);
    main.inert = false;
    return page;
  }

  /** Shows a photo: at once if it is at hand. False when there is none. */
  async function open(id: string, push = true): Promise<boolean> {
    const page = atHand(id) ?? (await slowly(id));
    if (page) move(page, push);
    return page !== null;
  }

  return {
    current: () => current,
    /** Milliseconds the photo has been there. */
    seenFor: () => performance.now() - since,
    open,

    /**
     * To the next photo that waits and that no colleague has open. At the end of what is known
     * ahead the service says where to go on.
     */
    async onward(from: Single): Promise<void> {
      const seen = new Set<string>();
      let id = from.next;
      while (id && !isPast(id) && !seen.has(id)) {
        seen.add(id);
        const page: Page | null = atHand(id) ?? (await slowly(id));
        const single = page && singleIn(mainOf(page));
        if (!page || !single) break;
        if (isFree(single)) return move(page);
        id = single.next;
      }
      shownMain().inert = true;
      line.say(word('browser.desk.end'));
      await outbox.whenIdle();
      location.assign(`/moderation/next${location.search}`);
    },

    async step(to: 'next' | 'previous'): Promise<void> {
      const id = current?.[to];
      if (!id || !(await open(id))) line.say(word('browser.desk.no-more'));
    },

    /** To a photo whose decision was just taken back. One that is no longer at hand is asked for. */
    async back(id: string): Promise<void> {
      if (!trail.has(id)) await outbox.whenIdle();
      await open(id);
    },

    /** Somebody else changed it: what was fetched of it is no longer true. */
    forget(id: string): void {
      deck.drop(id);
      if (!outbox.isDecided(id)) trail.delete(id);
      if (current && current.id !== id) void deck.fill(current.next, isPast);
    },

    /** Nobody knows what has changed. */
    forgetAll(): void {
      deck.clear();
      trail.clear();
      if (current) void deck.fill(current.next, isPast);
    },

    /** Shows the photo anew, as it stands now. */
    replace: (page: Page) => void show(page, false),
    fetchAhead,
  };
}

export type Walk = ReturnType<typeof openWalk>;

/** Whether nobody else is at it. */
function isFree({ state, element }: Single): boolean {
  const claimed = element.querySelector<HTMLElement>('[data-part="claimed"]');
  return state === 'waiting' && !claimed?.dataset.by;
}

import { fetchPage, mainOf, type Page } from './page.ts';
import { addressOf, singleIn } from './single.ts';

/** Pages fetched ahead. */
const DEPTH = 3;
/** Pages kept at most: the ones gone past are forgotten. */
const MOST = 8;

interface Card {
  page: Promise<Page | null>;
  /** Once it is here. */
  ready?: Page | null;
}

/** The next photos of the list, fetched with their pictures before anybody asks for them. */
export function openDeck(fetchAhead = (id: string) => fetchPage(addressOf(id), true)) {
  const cards = new Map<string, Card>();
  let turn = 0;

  function load(id: string): Card {
    const known = cards.get(id);
    if (known) return known;
    const card: Card = { page: fetchAhead(id) };
    void card.page.then((page) => {
      card.ready = page;
    });
    cards.set(id, card);
    for (const oldest of cards.keys()) if (cards.size > MOST) cards.delete(oldest);
    return card;
  }

  return {
    /** Fetches what follows `first`, one after the other, leaving out what `skip` says. */
    async fill(first: string | null, skip: (id: string) => boolean): Promise<void> {
      turn += 1;
      const own = turn;
      let id = first;
      for (let depth = 0; id && depth < DEPTH && !skip(id); depth += 1) {
        const page = await load(id).page;
        if (own !== turn || !page) return;
        id = singleIn(mainOf(page))?.next ?? null;
      }
    },

    /** The page if it is here. It leaves the deck. */
    take(id: string): Page | undefined {
      const page = cards.get(id)?.ready;
      if (page) cards.delete(id);
      return page ?? undefined;
    },

    /** The page as soon as it is here; null when there is none. It leaves the deck. */
    async wait(id: string): Promise<Page | null> {
      const page = await load(id).page;
      cards.delete(id);
      return page;
    },

    /** What was fetched of it is no longer true. */
    drop: (id: string) => void cards.delete(id),
    clear: () => cards.clear(),
  };
}

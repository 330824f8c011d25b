import { word } from '../page.ts';
import { mergeCards } from './cards.ts';
import { echoLeft, showClaim } from './claims.ts';
import { type Line, stateWords } from './line.ts';
import { listenToChanges } from './live.ts';
import type { Outbox } from './outbox.ts';
import { fetchPage, mainOf, type Page, show, shownMain } from './page.ts';
import { type Single, singleIn } from './single.ts';
import type { Walk } from './walk.ts';

/** Keeps the page true while colleagues and supporters change photos. */
export function followChanges(outbox: Outbox, line: Line, walk: Walk): void {
  listenToChanges({
    changed(ids) {
      const single = walk.current();
      for (const id of ids) if (id !== single?.id) walk.forget(id);
      if (!single) void refreshQueue();
      // It may be a colleague's decision all the same: looked at once the echo is over.
      else if (ids.has(single.id)) setTimeout(() => void refresh(single.id), echoLeft(single.id));
    },
    opened(again) {
      const single = walk.current();
      if (again) walk.forgetAll();
      if (single) void refresh(single.id);
      else void refreshQueue();
    },
  });

  async function refresh(id: string): Promise<void> {
    if (walk.current()?.id !== id || outbox.isUnsent(id)) return;
    const page = await walk.fetchAhead(id);
    const single = walk.current();
    if (page && single?.id === id) compare(single, page);
  }

  function compare(single: Single, page: Page): void {
    const fresh = singleIn(mainOf(page));
    if (!fresh) return;
    if (fresh.version > Math.max(single.version, outbox.versionOf(single.id))) {
      walk.replace(page);
      line.say(changeWords(fresh));
    } else {
      const claimed = fresh.element.querySelector<HTMLElement>('[data-part="claimed"]');
      showClaim(single.element, claimed?.dataset.by ?? null);
    }
  }
}

function changeWords({ element, state }: Single): string {
  const { by } = element.dataset;
  if (state === 'waiting' || !by) return word('browser.desk.changed');
  return word('browser.desk.colleague', { name: by, state: stateWords(state) });
}

async function refreshQueue(): Promise<void> {
  const page = await fetchPage(location.href, true);
  const [main, fresh] = [shownMain(), page && mainOf(page)];
  if (!page || !fresh || singleIn(main)) return;
  const [cards, freshCards] = [cardsIn(main), cardsIn(fresh)];
  if (cards && freshCards) mergeCards(cards, freshCards);
  else if (cards || freshCards) return void show(page, false);
  const [head, freshHead] = [main, fresh].map((each) => each.querySelector('[data-part="head"]'));
  if (head && freshHead && !head.isEqualNode(freshHead)) head.replaceWith(freshHead);
  document.title = page.title;
}

function cardsIn(main: HTMLElement): HTMLElement | null {
  return main.querySelector('[data-part="cards"]');
}

/** Makes a list what it is now. Cards that did not change stay, with their ticks and the focus. */
export function mergeCards(list: HTMLElement, fresh: HTMLElement): void {
  const before = new Map(cardsOf(list).map((card) => [card.dataset.id, card]));
  let place = list.firstElementChild;
  for (const card of cardsOf(fresh)) {
    const known = before.get(card.dataset.id);
    before.delete(card.dataset.id);
    const kept = known && renewed(known, card);
    if (known && known !== kept && place === known) place = kept ?? null;
    if (kept && known !== kept) known?.replaceWith(kept);
    if (place === (kept ?? card)) place = place?.nextElementSibling ?? null;
    else list.insertBefore(kept ?? card, place);
  }
  for (const gone of before.values()) gone.remove();
  list.dispatchEvent(new Event('change', { bubbles: true }));
}

/** The card as it was if it says the same, else the new one, still picked if it is the same photo. */
function renewed(known: HTMLElement, card: HTMLElement): HTMLElement {
  const same = known.dataset.version === card.dataset.version;
  if (same && known.textContent === card.textContent) return known;
  const [old, box] = [pickOf(known), pickOf(card)];
  if (same && old && box) box.checked = old.checked;
  return card;
}

function cardsOf(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(':scope > [data-id]')];
}

function pickOf(card: HTMLElement): HTMLInputElement | null {
  return card.querySelector('input[name="pick"]');
}

import { part, template, word } from '../page.ts';
import { equipReceipt } from '../receipt/tools.ts';

/** What the service answers to a photo. */
export interface Received {
  receipt: string;
  state: string;
  photo?: { removed: string[] };
  checks?: { code: string; outcome: string; detail: string }[];
}

/** Puts the page with the receipt in the place of the form. `stayed` never left this device. */
export function showSent(received: Received, stayed: readonly string[] | null): void {
  const source = document.querySelector<HTMLTemplateElement>('template#sent');
  const page = template('sent');
  const state = received.state === 'received' ? 'received' : 'waiting';
  for (const lead of page.querySelectorAll<HTMLElement>('[data-state]')) {
    if (lead.dataset.state !== state) lead.remove();
  }
  showRemoved(part(page, 'removed'), received.photo?.removed ?? [], stayed);
  showChecks(part(page, 'checks'), received.checks ?? []);
  const code = page.querySelector('.receipt-code');
  if (code) code.textContent = received.receipt;
  equipReceipt(page);
  const words = document.querySelector('template#words');
  document.querySelector('main')?.replaceChildren(page, ...(words ? [words] : []));
  document.title = document.title.replace(/^[^·]*/, `${source?.dataset.title ?? ''} `);
  scrollTo(0, 0);
  document.querySelector<HTMLElement>('main h1')?.focus();
}

function showRemoved(
  section: HTMLElement,
  removed: readonly string[],
  stayed: readonly string[] | null,
): void {
  // What the service found in a picture made here was never the person's.
  const found = new Set(stayed ?? removed);
  for (const item of section.querySelectorAll<HTMLElement>('[data-trace]')) {
    if (!found.has(item.dataset.trace ?? '')) item.remove();
  }
  const intro = section.querySelector('p');
  if (!intro) return;
  if (found.size === 0) {
    intro.textContent = word('removed.none');
    section.querySelector('ul')?.remove();
  } else if (stayed) intro.textContent = word('browser.sent.stayed');
}

function showChecks(section: HTMLElement, checks: NonNullable<Received['checks']>): void {
  if (checks.length === 0) section.remove();
  for (const item of section.querySelectorAll<HTMLElement>('[data-check]')) {
    const check = checks.find(({ code, outcome }) => {
      return code === item.dataset.check && item.classList.contains(outcome);
    });
    const detail = item.querySelector('span > span');
    if (check && detail) detail.textContent = check.detail;
    else item.remove();
  }
}

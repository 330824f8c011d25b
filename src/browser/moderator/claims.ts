import { word } from '../page.ts';
import { change } from './call.ts';
import { onShow, shownMain } from './page.ts';
import { singleIn } from './single.ts';

/** A claim lasts five minutes; who still looks at the photo renews it. */
const RENEW_MS = 4 * 60_000;
/** A claim comes back to its own desk as a change, within this time. */
const ECHO_MS = 1_500;

let claimed = { id: '', at: 0 };

/** Milliseconds for which a change of this photo is most likely our own claim on it. */
export function echoLeft(id: string): number {
  return claimed.id === id ? Math.max(0, claimed.at + ECHO_MS - performance.now()) : 0;
}

/** Tells colleagues which photo one looks at, and learns who else does. */
export function keepClaims(): void {
  onShow(() => void claim());
  setInterval(() => {
    if (!document.hidden) void claim();
  }, RENEW_MS);
}

async function claim(): Promise<void> {
  const single = singleIn(shownMain());
  if (single?.state !== 'waiting') return;
  const url = `/api/v1/moderation/submissions/${single.id}/claim`;
  claimed = { id: single.id, at: performance.now() };
  // A courtesy: one that does not arrive is not sent again.
  const answer = await fetch(url, change()).catch(() => null);
  if (!answer?.ok) return;
  const { by, mine } = (await answer.json()) as { by: string; mine: boolean };
  showClaim(single.element, mine ? null : by);
}

/** Says who has the photo open, where it is not the reader. */
export function showClaim(single: ParentNode, name: string | null): void {
  const claimed = single.querySelector('[data-part="claimed"]');
  const text = name ? word('browser.desk.claimed', { name }) : '';
  if (claimed && claimed.textContent !== text) claimed.textContent = text;
}

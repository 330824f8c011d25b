const DAY_MS = 86_400_000;
/** Days for which masters and what was never published outlive the last day of the campaign. */
const KEPT_DAYS = 90;

/** Whether the last day (`YYYY-MM-DD`, in UTC) has passed; never without one. */
export function isOver(lastDay: string | undefined, now: Date): boolean {
  return lastDay !== undefined && now >= after(lastDay, 0);
}

/** From when on nothing is kept but what is public; null without a last day. */
export function keptUntil(lastDay: string | undefined): Date | null {
  return lastDay === undefined ? null : after(lastDay, KEPT_DAYS);
}

/** Midnight, so many days behind the end of a day. */
function after(day: string, days: number): Date {
  return new Date(Date.parse(day) + (days + 1) * DAY_MS);
}

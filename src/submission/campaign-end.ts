const DAY_MS = 86_400_000;
/** Days for which masters and what was never published outlive the last day of the campaign. */
const KEPT_DAYS = 90;

/** Whether the last day (`YYYY-MM-DD`, in UTC) has passed; never without one. */
export function isOver(lastDay: string | undefined, now: Date): boolean {
  return lastDay !== undefined && now >= after(lastDay, 0);
}

/** Whether the time is over for which anything is kept that is not public; never without a last day. */
export function isKeepingOver(lastDay: string | undefined, now: Date): boolean {
  return lastDay !== undefined && now >= after(lastDay, KEPT_DAYS);
}

/** Midnight, so many days behind the end of a day. */
function after(day: string, days: number): Date {
  return new Date(Date.parse(day) + (days + 1) * DAY_MS);
}

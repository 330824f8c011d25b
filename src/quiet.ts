/** Hours of the day (0 to 23) in which somebody wants no mail: from `from` until `until`, also over midnight. */
export interface QuietHours {
  from: number;
  until: number;
  /** IANA name, such as `Asia/Baku`. */
  timeZone: string;
}

/** Clocks anywhere differ from UTC by whole quarters of an hour, so no hour begins in between. */
const STEP_MS = 15 * 60_000;

/**
 * The first moment from `at` on that is not quiet. Asks the zone's clock instead of calculating, so
 * that a night of 23 or 25 hours is as long as it is.
 */
export function afterQuiet(at: Date, quiet: QuietHours | null): Date {
  if (!quiet || !isQuiet(at, quiet)) return at;
  let step = Math.floor(at.getTime() / STEP_MS) + 1;
  while (isQuiet(new Date(step * STEP_MS), quiet)) step++;
  return new Date(step * STEP_MS);
}

/** The same hour twice means no quiet hours. */
export function isQuiet(at: Date, { from, until, timeZone }: QuietHours): boolean {
  const hour = hourIn(timeZone, at);
  if (from <= until) return hour >= from && hour < until;
  return hour >= from || hour < until;
}

/** Whether this system's calendar knows a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    clockOf(name);
    return true;
  } catch {
    return false;
  }
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function hourIn(timeZone: string, at: Date): number {
  return Number(clockOf(timeZone).format(at));
}

/** Making one takes a thousand times as long as asking it. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone });
  clocks.set(timeZone, clock);
  return clock;
}

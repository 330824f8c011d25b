const HOUR_MS = 3_600_000;

/** `YYYY-MM-DD`: how exactly rows about the public are dated. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

/** The hour a moment is in: how exactly rows about supporters are dated. */
export function hourOf(date: Date): Date {
  return new Date(Math.floor(date.getTime() / HOUR_MS) * HOUR_MS);
}

/** `YYYY-MM-DD`: how exactly rows about the public are dated. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

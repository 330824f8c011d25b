/** Milliseconds until the next try, twice as many after each failure, and never more than `longestMs`. */
export function growingWait(firstMs: number, failures: number, longestMs: number): number {
  return Math.min(firstMs * 2 ** failures, longestMs);
}

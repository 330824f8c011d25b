/**
 * Reads a page of a list ordered by a coarse key (a month, an hour) and then by id, starting
 * behind a row: first the rest of that row's key, then the keys after it. Two plain index ranges
 * instead of one OR, which databases answer by reading the whole key again.
 */
export async function readPage<Where, Row>(
  fetch: (where: Where, limit: number) => Promise<Row[]>,
  limit: number,
  ranges: NoInfer<Where>[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const range of ranges) {
    if (rows.length < limit) rows.push(...(await fetch(range, limit - rows.length)));
  }
  return rows;
}

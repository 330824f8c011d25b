/** Lines of counts, one of each kind in the order of `kinds`: a column for each time they were counted. */
export function tableOf(
  kinds: Record<string, string>,
  ...counts: Record<string, number>[]
): string {
  const lines = Object.entries(kinds).map(([kind, text]) => {
    const columns = counts.map((count) => String(count[kind] ?? 0).padStart(7));
    return `${columns.join('')}  ${text}`;
  });
  return lines.join('\n');
}

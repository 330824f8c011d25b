type Query = Readonly<Record<string, string | undefined>>;

/** An address of ours with what is filled in of `query`. */
export function addressOf(publicUrl: string, path: string, query: Query): string {
  const filled = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1]);
  const search = new URLSearchParams(filled).toString();
  return `${publicUrl}${path}${search && `?${search}`}`;
}

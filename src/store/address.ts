/** Whether the database of `url` is a PostgreSQL server's; otherwise it is a file of SQLite. */
export function isPostgresql(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}

/** The file of a SQLite database, from its address `file:...`. */
export function databaseFile(url: string): string {
  return url.replace(/^file:/, '');
}

/** An address as people may read it. */
export function withoutPassword(url: string): string {
  return url
    .replace(/^(postgres(?:ql)?:\/\/[^:/@]*):[^/]*@/, '$1:***@')
    .replace(/([?&]password=)[^&]*/, '$1***');
}

declare module 'better-sqlite3' {
  export default class Database {
    constructor(path: string, options?: { readonly?: boolean });
    prepare(sql: string): { get(...values: unknown[]): unknown };
    close(): void;
  }
}

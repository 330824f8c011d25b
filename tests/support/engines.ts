import type { StorePlace } from './s3.ts';

/** Addresses on the server of `npm run test:engines`, where `{name}` stands for a database's name. */
export const SERVER = process.env.TEST_POSTGRESQL;
/** The object store of `npm run test:engines`; null: photos lie in the folders of the tests. */
export const PLACE = JSON.parse(process.env.TEST_OBJECTS ?? 'null') as StorePlace | null;

/** False where the tests run on PostgreSQL: what is about SQLite's file does not apply. */
export const onSqlite = !SERVER;
/** False where the tests run on an object store: what is about files does not apply. */
export const inFolders = !PLACE;

/** Where a service connects to for its rows and photos: a socket, and a host with its port. */
export function enginePlaces(): string[] {
  const sockets = SERVER ? [new URL(SERVER).searchParams.get('host') ?? ''] : [];
  return [
    ...sockets.map((folder) => `${folder}/.s.PGSQL.5432`),
    ...(PLACE ? [new URL(PLACE.endpoint).host] : []),
  ];
}

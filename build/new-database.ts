/** Makes the database at the given address a new one: with all migrations and the embassies. */
import { openDatabase } from '../src/store/database.ts';
import { loadEmbassies } from '../src/store/embassies.ts';

const database = await openDatabase(process.argv[2] ?? '');
await loadEmbassies(database);
// Closing writes SQLite's log into the file.
await database.close();

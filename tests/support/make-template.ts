/** Makes the database at the given address what those of the tests begin as. */
import { openDatabase } from '../../src/store/database.ts';
import { loadEmbassies } from '../../src/store/embassies.ts';

const database = await openDatabase(process.argv[2] ?? '');
await loadEmbassies(database);
await database.close();

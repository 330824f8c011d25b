import { chmodSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../src/store/database.ts';
import { loadEmbassies } from '../src/store/embassies.ts';

/** Makes `dist/first.db`: what a new database on SQLite begins as, with migrations and embassies. */
const file = fileURLToPath(new URL('../dist/first.db', import.meta.url));
rmSync(file, { force: true });
const database = await openDatabase(`file:${file}`);
await loadEmbassies(database);
// Closing writes SQLite's log into the file.
await database.close();
// Whoever runs the service may not be who built it.
chmodSync(file, 0o644);

import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaPg } from '@prisma/adapter-pg';
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { openSchemaEngine, readMigrations, readSchema } from '../src/store/schema-engine.ts';

/** What the engine writes when nothing differs. */
const NOTHING = 'This is an empty migration';

/** Something the migrations can be tried on. */
type Ground = SqlMigrationAwareDriverAdapterFactory;

/** The statements that lead from what the migrations so far make to what the schema wants; '' is none. */
export async function difference(ground: Ground): Promise<string> {
  const { provider } = ground;
  const engine = await openSchemaEngine(ground);
  const content = await readSchema(provider);
  const { stdout } = await engine.diff({
    from: { tag: 'migrations', ...(await readMigrations(provider)) },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout?.includes(NOTHING) ? '' : (stdout ?? '');
}

/** A database of SQLite's in memory. */
export function sqliteGround(): Ground {
  return changed(new PrismaBetterSqlite3({ url: ':memory:' }), (shadow) => {
    // The engine hands whole migrations to what better-sqlite3 takes single statements by.
    shadow.executeRaw = async ({ sql }) => {
      await shadow.executeScript(sql);
      return 0;
    };
  });
}

/** A new database on the server of `url`, by somebody who may make some there. */
export function postgresqlGround(url: string): Ground {
  return changed(new PrismaPg(url), (shadow) => {
    const { queryRaw } = shadow;
    // The engine asks for columns of a type the adapter does not know.
    shadow.queryRaw = (query) => {
      const sql = query.sql.replace(
        /\b(?:constr\.contype|con\.conf(?:del|upd)type)\b/g,
        '$&::bpchar',
      );
      return queryRaw.call(shadow, { ...query, sql });
    };
  });
}

function changed(ground: Ground, change: (shadow: SqlDriverAdapter) => void): Ground {
  const connect = ground.connectToShadowDb.bind(ground);
  ground.connectToShadowDb = async () => {
    const shadow = await connect();
    change(shadow);
    return shadow;
  };
  return ground;
}

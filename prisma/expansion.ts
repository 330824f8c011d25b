import { isBelow } from '../src/operations/versions.ts';

/** What an older version, serving the same database meanwhile, does not notice. */
const HARMLESS = /^(CREATE TABLE|CREATE INDEX|DROP INDEX "\w+_idx"|UPDATE|INSERT INTO) /;
/** A column that need not be filled by whoever does not know it. */
const HARMLESS_COLUMN = /^ADD COLUMN (?!.*NOT NULL(?!.*DEFAULT))/;
/** How a migration says since when no version asks any more for what it takes. */
const UNUSED = /^-- Unused since (\d+\.\d+\.\d+)$/m;

/**
 * The statements of a migration, new with `version`, that break the version before. None where the
 * migration says that an earlier one has stopped using what it takes.
 */
export function breaking(sql: string, version: string): string[] {
  const since = UNUSED.exec(sql)?.[1];
  if (since && isBelow(since, version)) return [];
  const made = [...sql.matchAll(/CREATE TABLE ("\w+")/g)].map(([, table]) => table);
  return statementsOf(sql).filter((statement) => {
    if (HARMLESS.test(statement)) return false;
    const [, table, actions] = /^ALTER TABLE ("\w+") (.*)/.exec(statement) ?? [];
    const isNew = made.includes(table ?? / ON ("\w+")/.exec(statement)?.[1]);
    return !isNew && !(actions && onlyAddsColumns(actions));
  });
}

function statementsOf(sql: string): string[] {
  const statements = sql.replace(/^--.*$/gm, '').split(';');
  return statements.map((each) => each.trim().replace(/\s+/g, ' ')).filter((each) => each !== '');
}

function onlyAddsColumns(actions: string): boolean {
  return actions.split(/, ?(?=[A-Z]+ )/).every((action) => HARMLESS_COLUMN.test(action));
}

import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../config.ts';
import { UsageError } from './run.ts';

const USAGE = `npm run move -- [--to-database ADDRESS] [--to-store s3://BUCKET | FOLDER] [--dry-run | --finish]
npm run move -- --call-off
TO_DATABASE_URL and TO_PHOTO_STORE say the same from the environment, where no password is seen.`;

const OPTIONS = {
  'to-database': { type: 'string' },
  'to-store': { type: 'string' },
  'dry-run': { type: 'boolean' },
  finish: { type: 'boolean' },
  'call-off': { type: 'boolean' },
} as const;

export interface MoveOrder {
  source: Config;
  /** The settings to go on with. What is not moved is the same in both. */
  target: Config;
  database: boolean;
  photos: boolean;
  mode: 'ahead' | 'dry-run' | 'finish' | 'call-off';
}

type Environment = Record<string, string | undefined>;

/** What the command line and the environment say. Throws `UsageError` and `ConfigError`. */
export function readMoveOrder(args: string[], environment: Environment): MoveOrder {
  const words = readWords(args);
  const modes = (['dry-run', 'finish', 'call-off'] as const).filter((mode) => words[mode]);
  const [mode = 'ahead', ...more] = modes;
  const url = words['to-database'] ?? environment.TO_DATABASE_URL;
  const store = words['to-store'] ?? environment.TO_PHOTO_STORE;
  if (more.length > 0 || (mode !== 'call-off' && !url && !store)) throw new UsageError(USAGE);
  // What a process does is no matter of where things lie, and wrong for SQLite.
  const common = { ...environment, ROLE: undefined };
  const { PHOTO_STORE, UPLOADS_DIR } = environment;
  const there = store ? placeOf(store) : { PHOTO_STORE, UPLOADS_DIR };
  return {
    source: readConfig(fitting(common)),
    target: readConfig(
      fitting({ ...withTargets(common), DATABASE_URL: url ?? environment.DATABASE_URL, ...there }),
    ),
    database: url !== undefined,
    photos: store !== undefined,
    mode,
  };
}

function readWords(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch {
    throw new UsageError(USAGE);
  }
}

function placeOf(store: string): Environment {
  return store.includes('://')
    ? { PHOTO_STORE: store, UPLOADS_DIR: undefined }
    : { PHOTO_STORE: undefined, UPLOADS_DIR: store };
}

/** From one object store to another: TO_S3_ENDPOINT and its like are those of the target. */
function withTargets(environment: Environment): Environment {
  const names = Object.keys(environment).filter((name) => name.startsWith('TO_S3_'));
  return {
    ...environment,
    ...Object.fromEntries(names.map((name) => [name.slice(3), environment[name]])),
  };
}

/** S3_* are those of whichever side is in an object store. */
function fitting(environment: Environment): Environment {
  if (environment.PHOTO_STORE) return environment;
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('S3_'));
  return Object.fromEntries(others);
}

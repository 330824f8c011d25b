import { type Engine, type EngineOptions, openEngine, type Transaction } from './engine.ts';
import { hearSignals, type Signal, sendSignal } from './signals.ts';

export type { Transaction };

export interface Database extends Pick<Engine, 'shared' | 'reserve' | 'findDamage' | 'close'> {
  /** Sees what is committed. Never writes. */
  read: Engine['reader'];
  /** Runs `work` in a transaction; resolves when it is on the disk. */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Runs a single statement that nothing else rests on, such as a word that somebody is still at
   * work. It waits for nobody's turn, so that it comes in time when many write.
   */
  beside<T>(statement: (rows: Transaction) => Promise<T>): Promise<T>;
  /** Grows with each committed transaction that changed what is public, of whatever process. */
  publicVersion(): number;
  /** Calls back with the ids of the submissions a committed transaction changed; returns how to stop. */
  onChange(listener: (ids: string[]) => void): () => void;
  /** Throws when the database cannot be written. */
  proveWritable(): Promise<void>;
}

const PROBE = 'written-at';
const DEFAULTS: EngineOptions = { reserveMb: 0, pool: 5 };

const publicWork = new WeakSet<Transaction>();
const pastWork = new WeakSet<Transaction>();
const changedRows = new WeakMap<Transaction, Set<string>>();

/** Says that a transaction changes what is public. */
export function touchPublic(transaction: Transaction): void {
  publicWork.add(transaction);
}

/** Says that what a transaction overwrites must not live on anywhere. */
export function touchPast(transaction: Transaction): void {
  pastWork.add(transaction);
}

/** Says that a transaction changes what the desk shows of a submission. */
export function touchRow(transaction: Transaction, id: string): void {
  const known = changedRows.get(transaction);
  if (known) known.add(id);
  else changedRows.set(transaction, new Set([id]));
}

/** Opens the database of `url` (`file:...` or `postgresql://...`) and brings it up to the newest migration. */
export async function openDatabase(
  url: string,
  options: Partial<EngineOptions> = {},
): Promise<Database> {
  const engine = await openEngine(url, { ...DEFAULTS, ...options });
  let publicVersion = 0;
  const listeners = new Set<(ids: string[]) => void>();

  function hear({ isPublic, ids }: Signal): void {
    if (isPublic) publicVersion++;
    if (ids.length > 0) for (const listener of listeners) listener(ids);
  }
  const stopHearing = engine.shared ? await hearSignals(engine.reader, hear) : () => undefined;

  async function write<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let signal: Signal = { isPublic: false, ids: [] };
    let overwritten = false;
    const result = await engine.transact(async (tx) => {
      const result = await work(tx);
      signal = { isPublic: publicWork.has(tx), ids: [...(changedRows.get(tx) ?? [])] };
      overwritten = pastWork.has(tx);
      if (engine.shared && (signal.isPublic || signal.ids.length > 0)) await sendSignal(tx, signal);
      return result;
    });
    if (overwritten) engine.forget();
    hear(signal);
    return result;
  }

  return {
    read: engine.reader,
    write,
    beside: (statement) => (engine.shared ? statement(engine.reader) : write(statement)),
    shared: engine.shared,
    reserve: engine.reserve,
    findDamage: engine.findDamage,
    async close() {
      await stopHearing();
      await engine.close();
    },
    publicVersion: () => publicVersion,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async proveWritable() {
      const value = String(Date.now());
      const row = { where: { key: PROBE }, create: { key: PROBE, value }, update: { value } };
      await write((tx) => tx.setting.upsert(row));
    },
  };
}

import { EventEmitter, once } from 'node:events';

/**
 * How rooms wake each other without calling each other. Everything they have to say stands in
 * rows; the bell only saves the wait until somebody looks.
 */
export interface Bell {
  /** Some row has something to do. */
  ring(): void;
  /** Calls back at each ring; returns how to stop listening. */
  onRing(listener: () => void): () => void;
  /** A submission's task is done, or put off. */
  settled(id: string): void;
  /** Resolves when the submission is settled, after `ms` at the latest. */
  whenSettled(id: string, ms: number): Promise<void>;
}

export function openBell(): Bell {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    ring: () => void emitter.emit('ring'),
    onRing(listener) {
      emitter.on('ring', listener);
      return () => void emitter.off('ring', listener);
    },
    settled: (id) => void emitter.emit(`settled ${id}`),
    async whenSettled(id, ms) {
      await once(emitter, `settled ${id}`, { signal: AbortSignal.timeout(ms) }).catch(
        () => undefined,
      );
    },
  };
}

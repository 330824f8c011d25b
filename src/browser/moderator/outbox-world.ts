import type { Stage } from '../sending/deliver.ts';
import type { Decision, Result } from './decision.ts';

/** What unsent decisions wait for. */
export type Way = 'idle' | 'sending' | 'offline' | 'again' | 'signed-out';

/** What must survive a reload of this tab. */
export interface Kept {
  /** Whose decisions these are: never sent under another's name. */
  me: string;
  /** Not sent yet. */
  queue: Decision[];
  /** Made and not taken back, newest last. */
  done: Decision[];
  /** The versions our decisions have made. */
  known: [id: string, version: number][];
}

/** What an outbox needs of the world; a test hands in its own. */
export interface World {
  read(me: string): Kept;
  write(kept: Kept): void;
  send(
    decision: Decision,
    version: number,
    me: string,
    tell: (stage: Stage) => void,
  ): Promise<Result>;
}

export interface Listener {
  /** How many decisions have not arrived, and what they wait for. */
  way(way: Way, count: number): void;
  failed(decision: Decision, result: Result): void;
}

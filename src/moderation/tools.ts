import type { Bell } from '../bell.ts';
import type { Embassy } from '../campaign/embassies.ts';
import type { Keys } from '../keys.ts';
import type { Photos } from '../store/photos.ts';
import type { Store } from '../store/store.ts';

/** What the moderators' room works with. */
export interface ModerationTools {
  store: Store;
  photos: Photos;
  keys: Keys;
  bell: Bell;
  embassies: ReadonlyMap<string, Embassy>;
  /** Calls back with the ids of submissions that changed; returns how to stop. */
  onChange(listener: (ids: string[]) => void): () => void;
  publicUrl: string;
  /** Whether people reach the service by https. */
  secure: boolean;
  /** Whether nobody works here without a passkey. */
  requirePasskeys: boolean;
  /** Whether a mail server is set. */
  sending: boolean;
  /** Whether webhooks may call plain http and private addresses. */
  privateWebhooks: boolean;
  now: () => Date;
  log: { error(facts: object, message: string): void };
}

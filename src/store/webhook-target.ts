import type { Keys } from '../keys.ts';
import { seal, unseal } from '../sealing.ts';
import type { Webhook } from './generated/client.ts';

/** Where a webhook is called and what its calls are signed with. Addresses may hold secrets, too. */
export interface WebhookTarget {
  url: string;
  /** `whsec_` and the key in base64. */
  secret: string;
}

export function sealTarget(id: string, target: WebhookTarget, keys: Keys): Uint8Array<ArrayBuffer> {
  return new Uint8Array(seal(keys.key('webhooks'), id, Buffer.from(JSON.stringify(target))));
}

export function targetOf({ id, target }: Webhook, keys: Keys): WebhookTarget {
  return JSON.parse(unseal(keys.key('webhooks'), id, Buffer.from(target)).toString());
}

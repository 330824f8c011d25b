import { webhookHeaders } from '../calls/sign.ts';
import type { WebhookCall } from '../store/webhook-deliveries.ts';
import type { Tools } from './tools.ts';
import { growingWait } from './waits.ts';

/** Longer than a call can take. */
const LEASE_MS = 60_000;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 60 * 60_000;
/** A site that is out of order for so long is not called until somebody has looked. */
const PATIENCE_MS = 5 * 24 * 60 * 60_000;

/** Makes the next due call of a webhook. False when none is due. */
export async function callNext(tools: Tools): Promise<boolean> {
  const { webhookDeliveries: deliveries } = tools.store;
  const call = await deliveries.claim(tools.now(), LEASE_MS);
  if (!call) return false;
  const body = bodyOf(call);
  const headers = webhookHeaders(call.secret, call.id, tools.now(), body);
  const { kind, why } = await tools.caller.post(call.url, headers, body);
  const now = tools.now();
  if (kind === 'taken') await deliveries.finish(call, why, now);
  else if (call.type === 'test') await deliveries.drop(call, why, now);
  else if (kind === 'gone' || isHopeless(call, now)) await stop(tools, call, why);
  else await deliveries.postpone(call, why, nextTry(call, now), now);
  return true;
}

/** Says which photo and nothing of it: what is public of it the API tells, as it is by then. */
function bodyOf({ id, type, photoId }: WebhookCall): string {
  return JSON.stringify({ id, type, ...(photoId && { photo: { id: photoId } }) });
}

async function stop(tools: Tools, call: WebhookCall, why: string): Promise<void> {
  await tools.store.webhookDeliveries.stop(call, why, tools.now());
  tools.log.warn({ why }, 'webhook stopped');
  tools.bell.ring();
}

function isHopeless({ failingSince }: WebhookCall, now: Date): boolean {
  return failingSince !== null && now.getTime() - failingSince.getTime() > PATIENCE_MS;
}

function nextTry({ failures }: WebhookCall, now: Date): Date {
  return new Date(now.getTime() + growingWait(FIRST_WAIT_MS, failures, LONGEST_WAIT_MS));
}

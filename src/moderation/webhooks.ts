import { faultOfTarget } from '../calls/target.ts';
import type { AddedWebhook, WebhookView } from '../store/webhooks.ts';
import { Refusal } from '../submission/refusals.ts';
import type { WebhookItem } from './pages/webhook.tsx';
import type { ModerationTools } from './tools.ts';

/** Adds a site to be called. Refuses, naming the field, an address that may not be called. */
export async function addWebhook(
  { store, privateWebhooks, now }: ModerationTools,
  text: string,
  by: string,
): Promise<AddedWebhook & { url: string }> {
  const refuse = (code: string) =>
    new Refusal('form-invalid', { fields: [{ field: 'url', code }] });
  const fault = faultOfTarget(text.trim(), privateWebhooks);
  if (fault) throw refuse(fault);
  const url = new URL(text.trim()).href;
  const added = await store.webhooks.add(url, by, now());
  if (typeof added === 'string') throw refuse(`webhook-${added}`);
  return { ...added, url };
}

/** What admins see of it: days, no hours, and never the secret. */
export function webhookItem(view: WebhookView): WebhookItem {
  const { id, url, stoppedAt, failingSince, lastOutcome, lastDay, waiting } = view;
  const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;
  const days = { stoppedOn: day(stoppedAt), failingSince: day(failingSince), lastDay };
  return { id, url, ...days, lastOutcome, waiting };
}

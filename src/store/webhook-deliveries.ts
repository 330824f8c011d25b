import { randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import type { PublicNews, WebhookEvent } from '../submission/news.ts';
import { tellAdmins } from './alarms.ts';
import type { Database, Transaction } from './database.ts';
import { dayOf } from './day.ts';
import { FREE, freeAt } from './lease.ts';
import { targetOf, type WebhookTarget } from './webhook-target.ts';

/** A call that is to be made now. */
export interface WebhookCall extends WebhookTarget {
  webhookId: string;
  leaseToken: string;
  /** The id of what is told, the same over retries. */
  id: string;
  type: WebhookEvent;
  photoId: string | null;
  /** Calls that failed in a row, and since when. */
  failures: number;
  failingSince: Date | null;
}

export interface WebhookDeliveries {
  /** Takes the next call for `leaseMs`; null when none is due. One at a time for each webhook. */
  claim(now: Date, leaseMs: number): Promise<WebhookCall | null>;
  /** It was taken. `outcome` is a code, as below. */
  finish(call: WebhookCall, outcome: string, now: Date): Promise<void>;
  /** It was not, and need not be: a test is one call. */
  drop(call: WebhookCall, outcome: string, now: Date): Promise<void>;
  /** It was not: no call to this webhook before `dueAt`. */
  postpone(call: WebhookCall, outcome: string, dueAt: Date, now: Date): Promise<void>;
  /** No more calls until an admin starts it again; tells admins so. */
  stop(call: WebhookCall, outcome: string, now: Date): Promise<void>;
  /** Frees what a killed process held. For a start with the database to itself. */
  releaseAll(): Promise<void>;
}

const WORKING = { failingSince: null, failures: 0 };

/** Queues what became of a photo for every webhook, in place of what it was to be told before. */
export async function tellWebhooks(tx: Transaction, submissionId: string, news: PublicNews) {
  const webhooks = await tx.webhook.findMany({ where: { stoppedAt: null }, select: { id: true } });
  for (const { id: webhookId } of webhooks) {
    await tx.webhookDelivery.deleteMany({ where: { webhookId, submissionId } });
    const delivery = { id: randomUUID(), webhookId, submissionId, type: `photo.${news}` };
    await tx.webhookDelivery.create({ data: delivery });
  }
}

export function openWebhookDeliveries({ read, write }: Database, keys: Keys): WebhookDeliveries {
  /** Gives the webhook back; nothing happens when it was removed or somebody else has it. */
  async function settle(
    tx: Transaction,
    call: WebhookCall,
    values: object,
    now: Date,
    why: string,
  ) {
    await tx.webhook.updateMany({
      where: { id: call.webhookId, leaseToken: call.leaseToken },
      data: { ...FREE, lastOutcome: why, lastDay: dayOf(now), ...values },
    });
  }

  return {
    async claim(now, leaseMs) {
      const due = {
        where: { dueAt: { lte: now }, OR: freeAt(now), deliveries: { some: {} } },
        orderBy: { dueAt: 'asc' },
      } as const;
      if (!(await read.webhook.findFirst({ ...due, select: { id: true } }))) return null;
      return write(async (tx) => {
        const webhook = await tx.webhook.findFirst(due);
        if (!webhook) return null;
        const { id: webhookId, failures, failingSince } = webhook;
        const delivery = await nextOf(tx, webhookId);
        if (!delivery) return null;
        const leaseToken = randomUUID();
        const leaseUntil = new Date(now.getTime() + leaseMs);
        const { count } = await tx.webhook.updateMany({
          where: { id: webhookId, leaseToken: webhook.leaseToken },
          data: { leaseToken, leaseUntil },
        });
        if (count === 0) return null;
        const { id, submissionId: photoId } = delivery;
        const type = delivery.type as WebhookEvent;
        const target = targetOf(webhook, keys);
        return { ...target, webhookId, leaseToken, id, type, photoId, failures, failingSince };
      });
    },

    finish: (call, outcome, now) =>
      write(async (tx) => {
        await tx.webhookDelivery.deleteMany({ where: { id: call.id } });
        await settle(tx, call, { ...WORKING, dueAt: now }, now, outcome);
      }),

    drop: (call, outcome, now) =>
      write(async (tx) => {
        await tx.webhookDelivery.deleteMany({ where: { id: call.id } });
        await settle(tx, call, {}, now, outcome);
      }),

    postpone: (call, outcome, dueAt, now) =>
      write(async (tx) => {
        const failingSince = call.failingSince ?? now;
        await tx.webhookDelivery.updateMany({
          where: { id: call.id },
          data: { attempts: { increment: 1 } },
        });
        await settle(tx, call, { failingSince, failures: call.failures + 1, dueAt }, now, outcome);
      }),

    stop: (call, outcome, now) =>
      write(async (tx) => {
        const { webhookId, url } = call;
        await tx.webhookDelivery.deleteMany({ where: { webhookId } });
        await settle(tx, call, { stoppedAt: now }, now, outcome);
        await tellAdmins(tx, keys, { about: 'webhook', host: new URL(url).host }, now);
      }),

    async releaseAll() {
      await write((tx) => tx.webhook.updateMany({ data: FREE }));
    },
  };
}

/** Tests and withdrawals before approvals (their names lie in this order); what failed, later. */
function nextOf(tx: Transaction, webhookId: string) {
  return tx.webhookDelivery.findFirst({
    where: { webhookId },
    orderBy: [{ type: 'desc' }, { attempts: 'asc' }],
  });
}

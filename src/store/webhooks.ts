import { randomBytes, randomUUID } from 'node:crypto';
import type { Keys } from '../keys.ts';
import type { Act } from '../submission/acts.ts';
import type { Database, Transaction } from './database.ts';
import type { Webhook } from './generated/client.ts';
import { record } from './log.ts';
import { sealTarget, targetOf } from './webhook-target.ts';

/** A campaign has a handful of sites; more would be somebody's mistake. */
const MOST = 20;
const SECRET_BYTES = 32;

export interface WebhookView {
  id: string;
  url: string;
  addedAt: Date;
  /** Since when nothing is sent; null while it works. */
  stoppedAt: Date | null;
  failingSince: Date | null;
  /** A code, and the day it is from; null before the first call. */
  lastOutcome: string | null;
  lastDay: string | null;
  /** How much it has still to be told. */
  waiting: number;
}

/** The sites that are told when photos come and go. What admins do about them is in the log. */
export interface Webhooks {
  list(): Promise<WebhookView[]>;
  /** Adds a site and gives its secret, which nobody is ever told again. */
  add(url: string, by: string, now: Date): Promise<AddedWebhook | 'known' | 'full'>;
  /** False when there is none such; as below. */
  remove(id: string, by: string, now: Date): Promise<boolean>;
  /** Calls it again from now on; what it missed meanwhile is in the feed of changes. */
  restart(id: string, by: string, now: Date): Promise<boolean>;
  /** Has it called with nothing but a greeting, at once. */
  test(id: string, now: Date): Promise<boolean>;
}

export interface AddedWebhook {
  id: string;
  secret: string;
}

export function openWebhooks({ read, write }: Database, keys: Keys): Webhooks {
  type Deed = (tx: Transaction, found: Webhook) => Promise<unknown>;

  /** Does something about one of them, with a line in the log where there is an act. */
  const about = (id: string, by: { id: string; act: Act } | null, now: Date, deed: Deed) =>
    write(async (tx) => {
      const found = await tx.webhook.findUnique({ where: { id } });
      if (!found) return false;
      await deed(tx, found);
      const note = hostOf(found, keys);
      if (by) await record(tx, keys, now, { moderatorId: by.id, decision: by.act, note });
      return true;
    });

  return {
    async list() {
      const rows = await read.webhook.findMany({
        orderBy: { addedAt: 'asc' },
        include: { _count: { select: { deliveries: true } } },
      });
      return rows.map((row) => ({
        ...row,
        url: targetOf(row, keys).url,
        waiting: row._count.deliveries,
      }));
    },

    add: (url, by, now) =>
      write(async (tx) => {
        const others = await tx.webhook.findMany();
        if (others.some((other) => targetOf(other, keys).url === url)) return 'known';
        if (others.length >= MOST) return 'full';
        const id = randomUUID();
        const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
        const target = sealTarget(id, { url, secret }, keys);
        await tx.webhook.create({ data: { id, target, addedAt: now, dueAt: now } });
        const note = new URL(url).host;
        await record(tx, keys, now, { moderatorId: by, decision: 'webhook-added', note });
        return { id, secret };
      }),

    remove: (id, by, now) =>
      about(id, { id: by, act: 'webhook-removed' }, now, (tx) =>
        tx.webhook.delete({ where: { id } }),
      ),

    restart: (id, by, now) =>
      about(id, { id: by, act: 'webhook-restarted' }, now, (tx) =>
        tx.webhook.update({
          where: { id },
          data: { stoppedAt: null, failingSince: null, failures: 0, dueAt: now },
        }),
      ),

    test: (id, now) =>
      about(id, null, now, async (tx) => {
        await tx.webhookDelivery.deleteMany({ where: { webhookId: id, submissionId: null } });
        const delivery = { id: randomUUID(), webhookId: id, type: 'test' };
        await tx.webhookDelivery.create({ data: delivery });
        await tx.webhook.update({ where: { id }, data: { dueAt: now } });
      }),
  };
}

/** All the log may keep of an address. */
function hostOf(row: Webhook, keys: Keys): string {
  return new URL(targetOf(row, keys).url).host;
}

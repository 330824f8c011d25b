import { availableParallelism } from 'node:os';
import { z } from 'zod';

/** Shorter or more monotonous keys can be guessed; 32 random bytes in base64url are 43 characters. */
const MIN_KEY_LENGTH = 32;
const MIN_KEY_VARIETY = 12;

function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
}

/** `s3://bucket` or `s3://bucket/prefix`. */
export const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./-]+?))?\/?$/;
const S3_NEEDS = ['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const;

const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

function isStrongKey(key: string): boolean {
  return key.length >= MIN_KEY_LENGTH && new Set(key).size >= MIN_KEY_VARIETY;
}

/** Every variable the service reads, with its meaning, default and limits. */
const schema = z.object({
  PORT: whole(0, 65535).default(3000).describe('Port to listen on.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on; 0.0.0.0 when no proxy stands in front on the same machine.'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://photos.example.org' })
    .optional()
    .describe('Address people reach the service at; links in mails are made from it.'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|postgres(ql)?:\/\/.)/, 'must begin with file: or postgresql://')
    .default('file:./prisma/compete.db')
    .describe('The database: file: is SQLite, postgresql://user:word@host/name is PostgreSQL.'),
  DATABASE_POOL: whole(1, 100)
    .default(5)
    .describe('Connections each process has to PostgreSQL for reading; one more is for writing.'),
  ROLE: z
    .enum(['all', 'web', 'worker'], { error: 'must be all, web or worker' })
    .default('all')
    .describe(
      'What this process does: web answers people, worker cleans photos and sends mails. Several processes need PostgreSQL.',
    ),
  UPLOADS_DIR: z
    .string()
    .default('./uploads')
    .describe('Folder of the photos: private/ is sealed, public/ is published.'),
  PHOTO_STORE: z
    .string()
    .regex(BUCKET, 'must be a bucket such as s3://photos or s3://photos/campaign')
    .optional()
    .describe('Bucket for the photos, such as s3://photos, in place of the folder.'),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://s3.example.org' })
    .optional()
    .describe('Address of the object store, without the bucket.'),
  S3_REGION: z
    .string()
    .regex(/^[\w-]+$/, 'must be a name such as eu-central-1')
    .default('us-east-1')
    .describe('Region of the bucket, as its store names it.'),
  S3_ACCESS_KEY_ID: z.string().optional().describe('Who the service is to the object store.'),
  S3_SECRET_ACCESS_KEY: z
    .string()
    .optional()
    .describe('The key that proves it; it needs to list, read, write and delete in the bucket.'),
  PHOTO_BASE_URL: z
    .url({
      protocol: /^https?$/,
      error: 'must be an address such as https://cdn.example.org/photos',
    })
    .optional()
    .describe(
      'Address of public/ at a CDN or the object store, named in lists, feeds and embeds. Without it the service sends the files itself.',
    ),
  PURGE_URL: z
    .url({
      protocol: /^https?$/,
      error: 'must be an address such as https://cdn.example.org/purge',
    })
    .optional()
    .describe(
      'Address of a cache or CDN that is sent {"files": [addresses]} by POST when a photo leaves the public.',
    ),
  PURGE_TOKEN: z.string().optional().describe('Sent to PURGE_URL as a bearer token.'),
  SECRET_KEY: z
    .string({ error: 'is missing' })
    .refine(isStrongKey, `must be at least ${MIN_KEY_LENGTH} random characters`)
    .describe('Seals everything that is not public. Made on the first run. Lost key, lost photos.'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address such as smtp://user:word@host:587' })
    .optional()
    .describe('Mail server. Without it mails stay in the outbox and are shown to moderators.'),
  MAIL_FROM: z
    .email('must be a mail address')
    .default('photos@localhost.localdomain')
    .describe('Sender of all mails.'),
  MODERATORS: list
    .pipe(z.array(z.email('must be mail addresses, comma-separated')))
    .default([])
    .describe('Mail addresses made admins at every start, comma-separated.'),
  REQUIRE_PASSKEYS: z
    .stringbool({ truthy: ['true'], falsy: ['false'], error: 'must be true or false' })
    .default(false)
    .describe('Whether moderators need a passkey beside the mailed link: true or false.'),
  DIGEST_MINUTES: whole(0, 7 * 24 * 60)
    .default(30)
    .describe(
      'At most one mail about waiting photos in so many minutes; 0 announces each at once.',
    ),
  BRAKE_PHOTOS: whole(1, 1_000_000)
    .default(50)
    .describe('Photos one moderator may hide in an hour before a second person has to agree.'),
  CAMPAIGN_END: z
    .string()
    .date('must be a date such as 2027-03-31')
    .optional()
    .describe(
      'Last day of the campaign, such as 2027-03-31. No photos are taken in after it; 90 days later masters and all that is not public are destroyed.',
    ),
  LINE_LENGTH: whole(1, 100_000)
    .default(500)
    .describe('Photos that may wait for cleaning; past it senders are asked to come back.'),
  QUEUE_LENGTH: whole(1, 1_000_000)
    .default(2000)
    .describe('Photos that may wait for moderators; past it senders are asked to come back.'),
  CLIENT_UPLOADS: whole(0, 1_000_000)
    .default(60)
    .describe(
      'Photos from one address in an hour before its senders solve a puzzle or wait; 0: never.',
    ),
  BUSY_UPLOADS: whole(0, 1_000_000)
    .default(600)
    .describe('Photos of everybody in ten minutes before all senders do so; 0: never.'),
  ALERT_HOURS: whole(0, 10_000)
    .default(48)
    .describe('Admins are mailed when a photo has waited for so many hours; 0 means never.'),
  DISK_RESERVE_MB: whole(0, 1_000_000)
    .default(500)
    .describe(
      'When less than so many megabytes are left, no photos are taken in and admins are mailed.',
    ),
  IMAGE_WORKERS: whole(1, 64)
    .default(Math.min(availableParallelism(), 4))
    .describe('Processes that clean photos.'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters')
    .optional()
    .describe('Opens /metrics to who sends it as a bearer token.'),
  WEBHOOKS_TO_PRIVATE: z
    .stringbool({ truthy: ['true'], falsy: ['false'], error: 'must be true or false' })
    .default(false)
    .describe('Whether webhooks may call plain http and private addresses: for trials only.'),
  TRUST_PROXY: list
    .default([])
    .describe('Addresses or networks of your reverse proxies, comma-separated.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much to log.'),
});

/** All of them, and those that only make sense together. */
export const settings = schema.superRefine((v, context) => {
  // The service speaks plain HTTP, so https means a proxy, whose word on the protocol must count.
  if (v.PUBLIC_URL?.startsWith('https:') && v.TRUST_PROXY.length === 0) {
    const message = 'must name your reverse proxy when PUBLIC_URL is https, such as 127.0.0.1';
    context.addIssue({ code: 'custom', path: ['TRUST_PROXY'], message });
  }
  if (v.ROLE !== 'all' && v.DATABASE_URL.startsWith('file:')) {
    const message = 'must be all with SQLite: several processes need PostgreSQL (DATABASE_URL)';
    context.addIssue({ code: 'custom', path: ['ROLE'], message });
  }
  for (const name of S3_NEEDS) {
    if ((v.PHOTO_STORE === undefined) === (v[name] === undefined)) continue;
    const message = v.PHOTO_STORE ? 'is needed for PHOTO_STORE' : 'needs a PHOTO_STORE';
    context.addIssue({ code: 'custom', path: [name], message });
  }
  if (v.PURGE_TOKEN && !v.PURGE_URL) {
    context.addIssue({ code: 'custom', path: ['PURGE_TOKEN'], message: 'needs a PURGE_URL' });
  }
  if (v.REQUIRE_PASSKEYS && v.PUBLIC_URL && !takesPasskeys(v.PUBLIC_URL)) {
    const message = 'needs a PUBLIC_URL with https and a name: browsers give no passkeys to others';
    context.addIssue({ code: 'custom', path: ['REQUIRE_PASSKEYS'], message });
  }
});

/** What the variables say when all of them are right. */
export type Settings = z.output<typeof settings>;

/** The names of all variables. */
export const SETTING_NAMES = Object.keys(schema.shape);

/** Passkeys belong to a name, and only exist where nobody can listen in. */
function takesPasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  if (hostname === 'localhost') return true;
  return protocol === 'https:' && !hostname.includes(':') && !/^[\d.]+$/.test(hostname);
}

/** The text of `.env.example`: every variable with its meaning and default. */
export function exampleEnvironment(): string {
  const entries = Object.entries(schema.shape).map(([name, field]) => {
    const parsed = name === 'IMAGE_WORKERS' ? undefined : field.safeParse(undefined).data;
    return `# ${field.description}\n# ${name}=${parsed ?? ''}\n`;
  });
  return `# Every variable is optional. Copy this file to .env and uncomment what you change.\n\n${entries.join('\n')}`;
}

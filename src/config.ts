import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';

/** Shorter or more monotonous keys can be guessed; 32 random bytes in base64url are 43 characters. */
const MIN_KEY_LENGTH = 32;
const MIN_KEY_VARIETY = 12;

function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number({ error }).int(error).min(min, error).max(max, error);
}

/** `s3://bucket` or `s3://bucket/prefix`. */
const BUCKET = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([\w./-]+?))?\/?$/;
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

/** Settings that only make sense together. */
const consistent = schema.superRefine((v, context) => {
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

/** What it takes to find an object store and be let in. */
export interface BucketSettings {
  /** No slash at the end. */
  endpoint: string;
  bucket: string;
  /** Of all keys: empty, or with a slash at the end. */
  prefix: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

function bucketOf(v: z.output<typeof schema>): BucketSettings | undefined {
  const [, bucket, prefix] = BUCKET.exec(v.PHOTO_STORE ?? '') ?? [];
  if (!bucket) return undefined;
  return {
    endpoint: (v.S3_ENDPOINT ?? '').replace(/\/+$/, ''),
    bucket,
    prefix: prefix ? `${prefix}/` : '',
    region: v.S3_REGION,
    accessKeyId: v.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: v.S3_SECRET_ACCESS_KEY ?? '',
  };
}

/** Passkeys belong to a name, and only exist where nobody can listen in. */
function takesPasskeys(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  if (hostname === 'localhost') return true;
  return protocol === 'https:' && !hostname.includes(':') && !/^[\d.]+$/.test(hostname);
}

/** The settings of a process, checked. `publicUrl` has no trailing slash. */
export interface Config {
  port: number;
  host: string;
  publicUrl: string;
  databaseUrl: string;
  databasePool: number;
  role: 'all' | 'web' | 'worker';
  uploadsDir: string;
  /** Where photos lie in place of `uploadsDir`. */
  photoStore: BucketSettings | undefined;
  purgeUrl: string | undefined;
  purgeToken: string | undefined;
  /** What `{id}/{file}` of a published file comes after. No trailing slash. */
  photoBaseUrl: string;
  secretKey: string;
  smtpUrl: string | undefined;
  mailFrom: string;
  moderators: string[];
  requirePasskeys: boolean;
  digestMinutes: number;
  brakePhotos: number;
  /** `YYYY-MM-DD`. */
  campaignEnd: string | undefined;
  lineLength: number;
  queueLength: number;
  clientUploads: number;
  busyUploads: number;
  alertHours: number;
  diskReserveMb: number;
  imageWorkers: number;
  metricsToken: string | undefined;
  privateWebhooks: boolean;
  trustProxy: string[];
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** One or more variables are wrong; the message has a line for each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Variables of the process over credentials of systemd over those of the `.env` file. An empty
 * variable counts as not set.
 */
export function readEnvironment(file = '.env'): Record<string, string | undefined> {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const all = {
    ...fromFile,
    ...readCredentials(process.env.CREDENTIALS_DIRECTORY),
    ...process.env,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** What systemd unseals for a service (`LoadCredentialEncrypted=SECRET_KEY:...`): a file for each variable. */
function readCredentials(folder: string | undefined): Record<string, string> {
  if (!folder) return {};
  const names = Object.keys(schema.shape).filter((name) => existsSync(join(folder, name)));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim();
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/** Reads the settings. Throws `ConfigError` that names every mistake at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const { data: v, error } = consistent.safeParse(environment);
  if (error) {
    const lines = error.issues.map((issue) => `  ${issue.path[0]?.toString()} ${issue.message}`);
    throw new ConfigError(`These settings are wrong:\n${[...new Set(lines)].join('\n')}`);
  }
  const publicUrl = (v.PUBLIC_URL ?? `http://localhost:${v.PORT}`).replace(/\/+$/, '');
  return {
    port: v.PORT,
    host: v.HOST,
    publicUrl,
    databaseUrl: v.DATABASE_URL,
    databasePool: v.DATABASE_POOL,
    role: v.ROLE,
    uploadsDir: v.UPLOADS_DIR,
    photoStore: bucketOf(v),
    purgeUrl: v.PURGE_URL,
    purgeToken: v.PURGE_TOKEN,
    photoBaseUrl: (v.PHOTO_BASE_URL ?? `${publicUrl}/photos`).replace(/\/+$/, ''),
    secretKey: v.SECRET_KEY,
    smtpUrl: v.SMTP_URL,
    mailFrom: v.MAIL_FROM,
    moderators: v.MODERATORS,
    requirePasskeys: v.REQUIRE_PASSKEYS,
    digestMinutes: v.DIGEST_MINUTES,
    brakePhotos: v.BRAKE_PHOTOS,
    campaignEnd: v.CAMPAIGN_END,
    lineLength: v.LINE_LENGTH,
    queueLength: v.QUEUE_LENGTH,
    clientUploads: v.CLIENT_UPLOADS,
    busyUploads: v.BUSY_UPLOADS,
    alertHours: v.ALERT_HOURS,
    diskReserveMb: v.DISK_RESERVE_MB,
    imageWorkers: v.IMAGE_WORKERS,
    metricsToken: v.METRICS_TOKEN,
    privateWebhooks: v.WEBHOOKS_TO_PRIVATE,
    trustProxy: v.TRUST_PROXY,
    logLevel: v.LOG_LEVEL,
  };
}

/** The text of `.env.example`: every variable with its meaning and default. */
export function exampleEnvironment(): string {
  const entries = Object.entries(schema.shape).map(([name, field]) => {
    const parsed = name === 'IMAGE_WORKERS' ? undefined : field.safeParse(undefined).data;
    return `# ${field.description}\n# ${name}=${parsed ?? ''}\n`;
  });
  return `# Every variable is optional. Copy this file to .env and uncomment what you change.\n\n${entries.join('\n')}`;
}

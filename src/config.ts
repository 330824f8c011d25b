import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { BUCKET, SETTING_NAMES, type Settings, settings } from './settings.ts';

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

function bucketOf(v: Settings): BucketSettings | undefined {
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
  const names = SETTING_NAMES.filter((name) => existsSync(join(folder, name)));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8').trim();
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}

/** Reads the settings. Throws `ConfigError` that names every mistake at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const { data: v, error } = settings.safeParse(environment);
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

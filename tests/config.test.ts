import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ConfigError, readConfig, readEnvironment } from '../src/config.ts';
import { exampleEnvironment } from '../src/settings.ts';

const SECRET_KEY = 'kF3-0dZq_8sWmB1xR7uYtL4vNcHpG2eJ';

function mistakes(environment: Record<string, string>): string[] {
  try {
    readConfig({ SECRET_KEY, ...environment });
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(' ', 1)[0] ?? '');
  }
}

describe('settings', () => {
  it('need nothing but the key', () => {
    expect(readConfig({ SECRET_KEY })).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:3000',
      digestMinutes: 30,
      moderators: [],
      trustProxy: [],
      smtpUrl: undefined,
    });
  });

  it('L5 tell every mistake at once', () => {
    const wrong = {
      PORT: '70000',
      PUBLIC_URL: 'ftp://x',
      DATABASE_URL: 'mysql://x',
      PHOTO_STORE: 'photos',
      S3_ENDPOINT: 'ftp://x',
      S3_REGION: 'no region',
      PHOTO_BASE_URL: 'x',
      PURGE_URL: 'x',
      SECRET_KEY: 'short',
      SMTP_URL: 'http://mail',
      MAIL_FROM: 'nobody',
      MODERATORS: 'a@b.example,nobody',
      REQUIRE_PASSKEYS: 'maybe',
      DIGEST_MINUTES: '-1',
      CAMPAIGN_END: '2027-02-30',
      LINE_LENGTH: '0.5',
      QUEUE_LENGTH: '0',
      CLIENT_UPLOADS: '-1',
      BUSY_UPLOADS: 'many',
      ALERT_HOURS: '-1',
      DISK_RESERVE_MB: '1 GB',
      IMAGE_WORKERS: 'many',
      METRICS_TOKEN: 'short',
      LOG_LEVEL: 'loud',
    };
    expect(mistakes(wrong)).toEqual(Object.keys(wrong));
  });

  it.each(['x'.repeat(64), 'abcabcabcabcabcabcabcabcabcabcabcabc', 'kF3-0dZq_8sWmB1x'])(
    'refuse %s as a key',
    (key) => {
      expect(mistakes({ SECRET_KEY: key })).toEqual(['SECRET_KEY']);
    },
  );

  it('L5 need a proxy for https, since the service itself speaks http', () => {
    const PUBLIC_URL = 'https://photos.example.org/';
    expect(mistakes({ PUBLIC_URL })).toEqual(['TRUST_PROXY']);
    const config = readConfig({ SECRET_KEY, PUBLIC_URL, TRUST_PROXY: '127.0.0.1, 10.0.0.0/8' });
    expect(config.trustProxy).toEqual(['127.0.0.1', '10.0.0.0/8']);
    expect(config.publicUrl).toBe('https://photos.example.org');
  });

  it('need all of an object store, and nothing of one where there is none', () => {
    const needed = ['S3_ENDPOINT', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
    expect(mistakes({ PHOTO_STORE: 's3://photos' })).toEqual(needed);
    expect(mistakes(Object.fromEntries(needed.map((name) => [name, 'https://x'])))).toEqual(needed);
    const config = readConfig({
      SECRET_KEY,
      PHOTO_STORE: 's3://photos/campaign/',
      S3_ENDPOINT: 'https://s3.example.org/',
      S3_ACCESS_KEY_ID: 'id',
      S3_SECRET_ACCESS_KEY: 'secret',
      PHOTO_BASE_URL: 'https://cdn.example.org/',
    });
    expect(config.photoBaseUrl).toBe('https://cdn.example.org');
    expect(config.photoStore).toEqual({
      endpoint: 'https://s3.example.org',
      bucket: 'photos',
      prefix: 'campaign/',
      region: 'us-east-1',
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    });
  });

  it('need an address passkeys can belong to before they can be required', () => {
    const need = (PUBLIC_URL: string) =>
      mistakes({ PUBLIC_URL, REQUIRE_PASSKEYS: 'true', TRUST_PROXY: '127.0.0.1' });
    for (const url of ['http://photos.example.org', 'https://192.0.2.7', 'https://[2001:db8::7]']) {
      expect(need(url), url).toEqual(['REQUIRE_PASSKEYS']);
    }
    for (const url of ['https://photos.example.org', 'http://localhost:3000']) {
      expect(need(url), url).toEqual([]);
    }
    expect(readConfig({ SECRET_KEY }).requirePasskeys).toBe(false);
    expect(readConfig({ SECRET_KEY, REQUIRE_PASSKEYS: 'true' }).requirePasskeys).toBe(true);
  });

  it('take moderators between commas and blanks', () => {
    const { moderators } = readConfig({ SECRET_KEY, MODERATORS: 'a@b.example, c@d.example,' });
    expect(moderators).toEqual(['a@b.example', 'c@d.example']);
  });
});

describe('the environment', () => {
  it('goes before the .env file, and an empty variable is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'config-'));
    const file = join(folder, '.env');
    await writeFile(file, 'PATH=from-file\nCOMPETE_TEST=from-file\nCOMPETE_EMPTY=\n');
    const read = readEnvironment(file);
    await rm(folder, { recursive: true });
    expect(read.PATH).toBe(process.env.PATH);
    expect(read.COMPETE_TEST).toBe('from-file');
    expect('COMPETE_EMPTY' in read).toBe(false);
  });

  it('takes credentials of systemd before the .env file, and nothing else of their folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'config-'));
    await writeFile(join(folder, '.env'), 'SECRET_KEY=from-file\n');
    await writeFile(join(folder, 'SECRET_KEY'), 'unsealed\n');
    await writeFile(join(folder, 'NODE_OPTIONS'), '--inspect');
    vi.stubEnv('CREDENTIALS_DIRECTORY', folder);
    const read = readEnvironment(join(folder, '.env'));
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
    expect([read.SECRET_KEY, read.NODE_OPTIONS]).toEqual(['unsealed', process.env.NODE_OPTIONS]);
  });

  it('is explained in .env.example, word for word', () => {
    const file = new URL('../.env.example', import.meta.url);
    expect(readFileSync(file, 'utf8')).toBe(exampleEnvironment());
  });
});

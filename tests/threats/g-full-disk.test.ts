import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchAlive } from '../support/alive.ts';
import { ask, eventually } from '../support/http.ts';
import { approve, type Staff, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';

interface Sent {
  id: string;
  receipt: string;
}

const disk = await smallDisk();
if (!disk) console.warn('J9 is SKIPPED: only root may mount the small disk it fills');

/** A disk of 48 MB; null where this user may not mount one. */
async function smallDisk(): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'compete-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    await rm(folder, { recursive: true });
    return null;
  }
}

describe.skipIf(!disk)('a disk that is full', () => {
  let service: Service;
  let staff: Staff;
  let bytes: Buffer;
  const sent: Sent[] = [];
  const on = (name: string) => join(disk ?? '', name);

  beforeAll(async () => {
    service = await startService({
      DATABASE_URL: `file:${on('data.db')}`,
      UPLOADS_DIR: on('uploads'),
      DISK_RESERVE_MB: '8',
    });
    staff = await signIn(service);
    bytes = await photo({ width: 800, height: 600 });
    for (let i = 0; i < 6; i += 1) sent.push(await (await sendPhoto(service, bytes)).json());
    await eventually(async () => existsSync(on('data.db.reserve')));
  });
  afterAll(async () => {
    await service?.dispose();
    execFileSync('umount', ['--lazy', disk ?? '']);
    await rm(disk ?? '', { recursive: true });
  });

  it('J9 takes no photos, and goes on with withdrawals, decisions and the gallery', async () => {
    const alive = watchAlive(service);
    await fillUp();
    for (const fields of [{}, { email: 'a@b.example' }]) {
      const refused = await sendPhoto(service, bytes, fields);
      expect(refused.status).toBe(507);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect((await refused.json()).code).toBe('storage-full');
    }
    expect((await approve(staff, sent[0]?.id ?? '', 2)).status).toBe(200);
    for (const { receipt } of sent.slice(1, 5)) {
      expect((await withReceipt(service, receipt, 'DELETE')).status).toBe(204);
      expect(await (await withReceipt(service, receipt)).json()).toMatchObject({
        state: 'withdrawn',
      });
    }
    expect(existsSync(on('data.db.reserve'))).toBe(false);
    expect((await ask(`${service.url}/gallery`)).status).toBe(200);
    expect((await sendPhoto(service, bytes)).status).toBe(507);

    await rm(on('filler'));
    expect((await sendPhoto(service, bytes)).status).toBe(201);
    await eventually(
      async () => (await ask(`${service.url}/photos/${sent[0]?.id}/480.jpg`)).status === 200,
      60_000,
    );
    await alive();
    expect(await service.command('doctor')).toMatch(/^good {2}Files and rows$/m);
  });

  /** Until not a byte is left. */
  async function fillUp(): Promise<void> {
    for (let size = 32 * 1024 * 1024; size >= 1; size = Math.floor(size / 2)) {
      while (await writeFile(on('filler'), Buffer.alloc(size, 7), { flag: 'a' }).then(ok, no));
    }
  }
});

const ok = () => true;
const no = () => false;

import { copyFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, eventually } from '../support/http.ts';
import {
  approve,
  cover,
  reopen,
  type Staff,
  sendPhoto,
  signIn,
  withReceipt,
} from '../support/people.ts';
import { readStored } from '../support/photo-store.ts';
import { photo } from '../support/pictures.ts';
import { type Service, startService } from '../support/service.ts';
import { storedFiles } from '../support/uploads.ts';

interface Sent {
  id: string;
  receipt: string;
}

const AREA = { x: 0.1, y: 0.1, width: 0.3, height: 0.3 };
let service: Service;
let staff: Staff;
let bytes: Buffer;
/** By what becomes of each after the backup. */
const sent: Record<string, Sent> = {};
let before: Map<string, Buffer>;

beforeAll(async () => {
  service = await startService({ IMAGE_WORKERS: '2' });
  staff = await signIn(service);
  bytes = await photo({ width: 800, height: 600 });
  for (const fate of ['stays', 'withdrawn', 'lowered', 'hidden', 'covered', 'unread']) {
    sent[fate] = await (await sendPhoto(service, bytes)).json();
    if (fate !== 'unread') await approve(staff, idOf(fate), 2);
  }
  for (const fate of Object.keys(sent).filter((name) => name !== 'unread')) await whenShown(fate);
});
afterAll(() => service?.dispose());

const idOf = (fate: string) => sent[fate]?.id ?? '';
const receiptOf = (fate: string) => sent[fate]?.receipt ?? '';
const get = (path: string) => ask(service.url + path);
const stateOf = async (fate: string) => (await withReceipt(service, receiptOf(fate))).json();
const filesOf = async (fate: string) =>
  (await storedFiles(service)).filter((file) => file.includes(idOf(fate)));

/** The card is the last that is made. */
function whenShown(fate: string) {
  const card = `/photos/${idOf(fate)}/card.jpg`;
  return eventually(async () => (await get(card)).status === 200, 60_000);
}

async function versionOf(fate: string): Promise<number> {
  const path = `/api/v1/moderation/submissions?state=approved&limit=100`;
  const { items } = await (await staff.get(path)).json();
  return items.find(({ id }: Sent) => id === idOf(fate)).version;
}

describe('a backup', () => {
  it('G18 is made while photos come and go, for its owner only, and holds each row with its files', async () => {
    let over = false;
    const coming = (async () => {
      while (!over) {
        const { receipt } = await (await sendPhoto(service, bytes)).json();
        await withReceipt(service, receipt, 'DELETE');
      }
    })();
    const told = [await service.command('backup', 'one'), await service.command('backup', 'two')];
    over = true;
    await coming;
    for (const text of told) expect(text).toContain('sealed as they were');
    expect(await service.command('backup', 'two')).toContain('is there already');
    expect((await stat(join(service.folder, 'two'))).mode & 0o077).toBe(0);
    expect((await stat(join(service.folder, 'two/data.db'))).mode & 0o077).toBe(0);
    const names = await readdir(join(service.folder, 'two'));
    expect(names.sort()).toEqual(['data.db', 'taken-back', 'uploads']);
    const files = await filesOf('stays');
    before = new Map(
      await Promise.all(files.map(async (f) => [f, await readStored(service, f)] as const)),
    );
  });

  it('G18 restored brings back nothing that was withdrawn, lowered, hidden or covered since', async () => {
    expect((await withReceipt(service, receiptOf('withdrawn'), 'DELETE')).status).toBe(204);
    const lowered = { exposure: 'counted' };
    expect((await withReceipt(service, receiptOf('lowered'), 'PATCH', lowered)).status).toBe(200);
    expect((await reopen(staff, idOf('hidden'), await versionOf('hidden'))).status).toBe(200);
    expect((await cover(staff, idOf('covered'), await versionOf('covered'), [AREA])).status).toBe(
      200,
    );
    await eventually(async () => (await filesOf('hidden')).length === 4);
    await whenShown('covered');
    const late = await (await sendPhoto(service, bytes)).json();
    expect(await service.command('restore', 'two', '--yes')).toContain('Stop it first');
    await service.kill();
    expect(await service.command('restore', 'two')).toContain('would be replaced');

    const told = await service.command('restore', 'two', '--yes');
    expect(told).toMatch(/^ +[12] {2}photos were withdrawn since/m);
    expect(told).toMatch(/^ +3 {2}photos were hidden, covered or lowered since/m);
    const published = (await storedFiles(service)).filter((file) => file.startsWith('public/'));
    expect(published.every((file) => file.includes(idOf('stays')))).toBe(true);
    expect(await filesOf('withdrawn')).toEqual([]);

    await service.restart();
    expect(await stateOf('withdrawn')).toMatchObject({ state: 'withdrawn' });
    expect((await get(`/photos/${idOf('withdrawn')}/480.jpg`)).status).toBe(410);
    expect(await stateOf('lowered')).toMatchObject({ state: 'approved', exposure: 'counted' });
    await eventually(async () => (await filesOf('lowered')).length === 0);
    for (const fate of ['hidden', 'covered', 'unread']) {
      expect(await stateOf(fate), fate).toMatchObject({ state: 'waiting' });
      expect((await get(`/photos/${idOf(fate)}/480.jpg`)).status, fate).toBe(404);
    }
    expect((await withReceipt(service, late.receipt)).status).toBe(404);
    for (const [file, content] of before) {
      expect((await readStored(service, file)).equals(content), file).toBe(true);
    }
    const { items } = JSON.parse((await get('/api/v1/gallery')).text);
    expect(items.map(({ id }: Sent) => id)).toEqual([idOf('stays')]);
    expect((await staff.get('/api/v1/moderation/submissions')).status).toBe(401);
    expect(await service.command('doctor')).toMatch(/^good {2}Files and rows$/m);
  });

  it('G18 is not restored on a machine without the list, unless somebody says so', async () => {
    await service.stop();
    const list = join(service.folder, 'list');
    await copyFile(join(service.folder, 'uploads/taken-back'), list);
    for (const name of ['uploads', 'data.db']) {
      await rm(join(service.folder, name), { recursive: true });
    }
    expect(await service.command('restore', 'one')).toContain('would come back');
    expect(await readdir(join(service.folder, 'uploads'))).toEqual([]);
    expect(await service.command('restore', 'one', '--list', list)).toContain('Restored');
    await service.restart();
    expect(await stateOf('withdrawn')).toMatchObject({ state: 'withdrawn' });
    expect((await get(`/photos/${idOf('stays')}/480.jpg`)).status).toBe(200);
    await service.stop();
    expect(await service.command('restore', 'one', '--yes')).toContain('Restored');
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { approve, sendPhoto, signIn, withReceipt } from '../support/people.ts';
import { photo } from '../support/pictures.ts';
import { programs, type Server, startServer, tell } from '../support/postgresql.ts';
import { type Service, startService } from '../support/service.ts';
import { makeVersion } from '../support/versions.ts';

const ADDED = {
  '20990101000000_mood': `ALTER TABLE "Submission" ADD COLUMN "mood" TEXT NOT NULL DEFAULT 'calm'`,
};
const DROPPED = {
  ...ADDED,
  '20990201000000_no-mood': 'ALTER TABLE "Submission" DROP COLUMN "mood"',
};
/** Without LONG=1 the second version only brings the migration, and asks for no more than the first. */
const FIELD = process.env.LONG ? 'mood String @default("calm")' : undefined;
const ROUNDS = { timeout: 100_000, interval: 50 };

describe.skipIf(!programs)('an older and a newer version on one database', () => {
  let server: Server;
  let uploads: string;
  let folders: string[];
  let picture: Buffer;
  let first: Service;
  let second: Service;
  const services: Service[] = [];

  const start = async (folder?: string) => {
    const environment = { DATABASE_URL: server.url('versions'), UPLOADS_DIR: uploads };
    const service = await startService(environment, folder && join(folder, 'dist/main.js'));
    services.push(service);
    return service;
  };

  beforeAll(async () => {
    server = await startServer();
    await tell(server.url('postgres'), 'CREATE DATABASE versions');
    uploads = await mkdtemp(join(tmpdir(), 'compete-uploads-'));
    picture = await photo({ width: 400, height: 300 });
    folders = [
      await makeVersion({ migrations: ADDED, field: FIELD }),
      await makeVersion({ migrations: DROPPED }),
    ];
    first = await start();
  }, 600_000);

  afterAll(async () => {
    await Promise.all(services.map((each) => each.dispose()));
    await server?.stop();
    for (const each of [uploads, ...folders]) await rm(each, { recursive: true, force: true });
  });

  /** Photos are sent, approved and withdrawn at a service until `stop`, which tells what went wrong. */
  async function use(service: Service) {
    const staff = await signIn(service);
    const faults: string[] = [];
    let rounds = 0;
    let isOver = false;
    const well = async (what: string, asked: Promise<Response>) => {
      const answer = await asked;
      if (!answer.ok) faults.push(`${what}: ${answer.status} ${await answer.text()}`);
      return answer.ok ? answer : null;
    };
    const round = async () => {
      const sent = await (await well('sent', sendPhoto(service, picture)))?.json();
      if (!sent) return;
      const { id, receipt } = sent as { id: string; receipt: string };
      const stateOf = async () => (await (await withReceipt(service, receipt)).json()).state;
      await expect.poll(stateOf, ROUNDS).toBe('waiting');
      await well('queue', staff.get('/api/v1/moderation/submissions'));
      await well('approved', approve(staff, id, 2));
      await well('gallery', fetch(`${service.url}/api/v1/gallery`));
      await well('withdrawn', withReceipt(service, receipt, 'DELETE'));
      rounds += 1;
    };
    const running = (async () => {
      while (!isOver) {
        await round().catch((error: Error) => faults.push(String(error.cause ?? error)));
        await sleep(20);
      }
    })();
    return {
      /** Resolves when so many rounds more have been done. */
      async more(count: number) {
        const wanted = rounds + count;
        await expect.poll(() => rounds + faults.length, ROUNDS).toBeGreaterThanOrEqual(wanted);
      },
      async stop() {
        isOver = true;
        await running;
        return faults;
      },
    };
  }

  it('serve side by side while a column is added, and the older one starts again', async () => {
    const atFirst = await use(first);
    await atFirst.more(2);
    second = await start(folders[0]);
    const atSecond = await use(second);
    await Promise.all([atFirst.more(2), atSecond.more(2)]);
    expect(await atFirst.stop()).toEqual([]);
    await first.stop();
    await first.restart();
    const again = await use(first);
    await Promise.all([again.more(2), atSecond.more(2)]);
    expect([...(await again.stop()), ...(await atSecond.stop())]).toEqual([]);
  });

  it('serve side by side while a column is dropped that neither uses', async () => {
    await second.stop();
    const atFirst = await use(first);
    await atFirst.more(2);
    const atThird = await use(await start(folders[1]));
    await Promise.all([atFirst.more(2), atThird.more(2)]);
    expect([...(await atFirst.stop()), ...(await atThird.stop())]).toEqual([]);
  });

  it('what is too old for the database does not start, and says why', async () => {
    await first.stop();
    if (!FIELD) await tell(server.url('versions'), 'ALTER TABLE "Submission" DROP COLUMN "alt"');
    const tooOld = FIELD ? second : first;
    await expect(tooOld.restart()).rejects.toThrow('A newer version has taken from Submission');
  });
});

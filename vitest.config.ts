import { defineConfig } from 'vitest/config';

/** Tests that look at the clock: nothing else runs beside them. */
const TIMED = [
  'tests/e2e/{browser-desk,upload}.test.ts',
  'tests/image/refusals.test.ts',
  'tests/threats/{a-bombs,a-size,k-load}.test.ts',
  'tests/web/limits.test.ts',
];
/** These do as well, but mostly wait: for a slow line, for a limit to run out. */
const WAITING = [
  'tests/e2e/browser-line.test.ts',
  'tests/threats/{b-connection,b-slow}.test.ts',
  'tests/mail/mailer.test.ts',
];

/** What `npm run test:engines` leaves out: on PostgreSQL and an object store it would say nothing new. */
const NOT_AGAIN = process.env.TEST_ENGINES
  ? [
      // Opens neither rows nor photos.
      'tests/*.test.ts',
      'tests/processing/{loop,seal}.test.ts',
      'tests/{browser,calls,campaign,i18n,image,intake,mail,operations,pages,submission,web}/**',
      // About the file of SQLite: its migrations, plans and past; its backup, who locks it.
      'tests/store/{migrate,past,plans,upgrade,tables}.test.ts',
      'tests/threats/{g-backup,j-trouble}.test.ts',
      // About files: a full disk, each durable step, a web server beside them; what is packaged.
      'tests/store/folder-photos.test.ts',
      'tests/threats/{g-full-disk,j-steps,h-nginx}.test.ts',
      'tests/e2e/packaged.test.ts',
      // About what the only process there is finds at its start.
      'tests/threats/j-windows.test.ts',
      // Start a server or an object store of their own, wherever they run.
      'tests/store/{move-photos,move-rows,object-photos,photos-contract}.test.ts',
      'tests/store/{postgresql,postgresql-plans}.test.ts',
      'tests/e2e/{chaos,move,object-store,versions}.test.ts',
    ]
  : [];

export default defineConfig({
  test: {
    globalSetup: ['tests/support/build.ts', 'tests/support/engines-setup.ts'],
    // Only what hangs meets them: CI's machines may be several times slower than a desk's.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'beside each other',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...TIMED, ...WAITING, ...NOT_AGAIN],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'waiting',
          include: WAITING,
          exclude: NOT_AGAIN,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'timed',
          include: TIMED,
          exclude: NOT_AGAIN,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});

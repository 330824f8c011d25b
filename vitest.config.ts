import { defineConfig } from 'vitest/config';

/** Tests that look at the clock: nothing else runs beside them. */
const TIMED = [
  'tests/e2e/{browser-desk,browser-line,upload}.test.ts',
  'tests/image/refusals.test.ts',
  'tests/threats/{a-bombs,a-size,b-connection,b-slow,k-load}.test.ts',
  'tests/mail/mailer.test.ts',
  'tests/web/limits.test.ts',
];

/**
 * With `npm run test:postgresql` there is no file of SQLite to test, and what starts a server of its
 * own or knows photos only was tested before.
 */
const NOT_AGAIN =
  process.env.TEST_DATABASE === 'postgresql'
    ? [
        'tests/store/{migrate,past,plans,upgrade}.test.ts',
        'tests/store/{move-photos,move-rows,tables}.test.ts',
        'tests/store/{folder-photos,object-photos,photos-contract}.test.ts',
        'tests/store/{postgresql,postgresql-plans}.test.ts',
      ]
    : [];

export default defineConfig({
  test: {
    globalSetup: ['tests/support/build.ts', 'tests/support/postgresql-setup.ts'],
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
          exclude: [...TIMED, ...NOT_AGAIN],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'timed', include: TIMED, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
});

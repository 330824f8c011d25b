import { openAdapter } from '../../src/store/postgresql-adapter.ts';

/** Whom the log names; their ids are UUIDs, as those of real ones. */
const PEOPLE = 20;
export const personId = (number: number) =>
  `00000000-0000-4000-8000-${`${number}`.padStart(12, '0')}`;

const FACTS = `'{"width":3000,"height":2250,"color":"#808080","placeholder":"1QcSHQRnh493V4dIh4eXh1h4kJUI",
  "fingerprint":"0123456789abcdef","removed":["gps"],"sizes":{"480":{"width":480,"height":360},
  "960":{"width":960,"height":720},"1920":{"width":1920,"height":1440}}}'::jsonb`;
const RENDITIONS = `'${JSON.stringify(
  [480, 960, 1920].flatMap((width) =>
    ['jpg', 'avif'].map((kind) => ({
      ...{ file: `${width}.${kind}`, type: `image/${kind === 'jpg' ? 'jpeg' : kind}` },
      ...{ width, height: (width * 3) / 4 },
    })),
  ),
)}'::jsonb`;

/** Indexes are made again of all rows at once, which is ten times as fast as row by row. */
const INDEXES = `pg_indexes WHERE indexname NOT LIKE '%_pkey'
  AND tablename IN ('Submission', 'Fingerprint', 'PublicChange', 'LogEntry')`;
const PREPARE = [
  // Foreign keys hold anyhow.
  "SELECT set_config('session_replication_role', 'replica', false)",
  "SELECT set_config('maintenance_work_mem', '256MB', false)",
  `CREATE TEMP TABLE putback AS SELECT indexname, indexdef FROM ${INDEXES}`,
  `DO $$ DECLARE each record; BEGIN FOR each IN SELECT * FROM putback LOOP
    EXECUTE format('DROP INDEX %I', each.indexname); END LOOP; END $$`,
];
const PUT_BACK = `DO $$ DECLARE each record; BEGIN FOR each IN SELECT * FROM putback LOOP
  EXECUTE each.indexdef; END LOOP; END $$`;

/**
 * Fills a migrated, empty PostgreSQL database as two months would, in a few statements: of `photos`
 * a tenth is public (a fifth of it from Vienna), the newest `waiting` wait, all others were rejected, and tallies, look-alike
 * slices, changes and log agree with that.
 */
export async function plantMany(url: string, photos: number, waiting: number): Promise<void> {
  const statements = [
    ...PREPARE,
    `INSERT INTO "Moderator" (id, "addedAt")
     SELECT '00000000-0000-4000-8000-' || lpad(n::text, 12, '0'), timestamp '2026-09-01'
     FROM generate_series(1, ${PEOPLE}) AS n`,
    `INSERT INTO "Submission" (id, version, state, "embassySlug", country, city, "cityKey", exposure,
       participant, name, message, locale, consent, covers, "receivedAt", "receiptHash", "sourceHash",
       facts, checks, warned, reason, criteria, "pictureMonth", "shownSince", renditions, held)
     SELECT gen_random_uuid(), CASE WHEN waits THEN 2 ELSE 3 END,
       CASE WHEN waits THEN 'waiting' WHEN public THEN 'approved' ELSE 'rejected' END,
       slug, country, city, lower(city), CASE WHEN n % 5 = 1 THEN 'covered' ELSE 'shown' END,
       CASE WHEN n / 50 % 2 = 0 THEN 'organisation' ELSE 'person' END,
       CASE WHEN kept THEN 'Ada' END, CASE WHEN kept THEN 'Equality for everybody!' END,
       'en', '2026-11/en', '[]', at, encode(sha256(n::text::bytea), 'base64'),
       encode(sha256(n::text::bytea), 'base64'), ${FACTS}, '[]', n % 9 = 0,
       CASE WHEN NOT kept THEN 'no-flag' END, '{"flag":true,"slogan":true,"embassy":true}',
       CASE WHEN public THEN to_char(at, 'YYYY-MM') END, CASE WHEN public THEN to_char(at, 'YYYY-MM') END,
       CASE WHEN public THEN ${RENDITIONS} END, kept
     FROM (SELECT n, date_trunc('hour', timestamp '2026-09-21' + n * interval '60 days' / ${photos}) AS at,
         n > ${photos - waiting} AS waits, n % 10 = 0 AND n <= ${photos - waiting} AS public,
         n % 10 = 0 OR n > ${photos - waiting} AS kept
       FROM generate_series(1, ${photos}) AS n) AS photo
     JOIN "Embassy" ON slug = CASE WHEN n / 10 % 5 = 0 THEN 'embassy-vienna'
       ELSE (SELECT array_agg(slug) FROM "Embassy")[n / 10 % 80 + 1] END`,
    `INSERT INTO "Tally" ("embassySlug", country, "cityKey", participant, shown)
     SELECT "embassySlug", country, "cityKey", participant, count(*) FROM "Submission"
     WHERE "pictureMonth" IS NOT NULL GROUP BY 1, 2, 3, 4`,
    `INSERT INTO "Fingerprint" ("submissionId", band, bits)
     SELECT id, band, floor(random() * 512) FROM "Submission", generate_series(0, 6) AS band
     ORDER BY id`,
    `INSERT INTO "PublicChange" ("submissionId", change, day)
     SELECT id, 'approved', to_char("receivedAt", 'YYYY-MM-DD') FROM "Submission"
     WHERE "pictureMonth" IS NOT NULL`,
    `INSERT INTO "LogEntry" (id, at, "moderatorId", decision, "submissionId", reason, criteria,
       "hoursWaited", hash)
     SELECT n, "receivedAt" + n % 3600 * interval '1 second',
       '00000000-0000-4000-8000-' || lpad((n % ${PEOPLE} + 1)::text, 12, '0'), state, id, reason,
       CASE WHEN state = 'approved' THEN criteria END, n % 90, encode(sha256(n::text::bytea), 'hex')
     FROM (SELECT *, row_number() OVER (ORDER BY "receivedAt", id) AS n FROM "Submission"
       WHERE state <> 'waiting') AS decided`,
    PUT_BACK,
    'VACUUM ANALYZE',
  ];
  const connection = await openAdapter(url, 1).connect();
  try {
    for (const sql of statements) await connection.executeRaw({ sql, args: [], argTypes: [] });
  } finally {
    await connection.dispose();
  }
}

import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { Say } from '../i18n/say.ts';
import type { LogRow } from './pages/log.tsx';
import { codeWords, reasonWords } from './pages/words.ts';

/**
 * The log as a table for spreadsheets, made as it is read. A cell that looks like a formula is
 * defused, and the mark at the beginning tells old programs that it is UTF-8.
 */
export function logFile(rows: AsyncIterable<LogRow>, say: Say): Readable {
  const table = stringify({
    header: true,
    bom: true,
    escape_formulas: true,
    columns: [
      { key: 'number', header: say('log.number') },
      { key: 'at', header: say('log.at') },
      { key: 'moderator', header: say('log.moderator') },
      { key: 'decision', header: say('log.decision') },
      { key: 'submissionId', header: say('log.photo') },
      { key: 'about', header: say('log.about') },
      { key: 'reason', header: say('log.reason') },
      { key: 'note', header: say('log.note') },
      { key: 'hoursWaited', header: say('log.hours-waited') },
    ],
  });
  // Whoever stops reading ends the reading of rows, too; an error of it reaches the table's reader.
  pipeline(Readable.from(cellsOf(rows, say)), table, () => undefined);
  return table;
}

async function* cellsOf(rows: AsyncIterable<LogRow>, say: Say) {
  for await (const row of rows) {
    yield {
      ...row,
      moderator: row.moderator || say('log.command-line'),
      decision: codeWords(say, `decision.${row.decision}`),
      reason: row.reason && reasonWords(say, row.reason),
    };
  }
}

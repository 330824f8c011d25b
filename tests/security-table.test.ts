import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL, ASKED } from './support/asvs.ts';

const root = new URL('../', import.meta.url);
const page = readFileSync(new URL('SECURITY.md', root), 'utf8');
const STATES = ['done', 'partly', 'not', 'does not apply'];

/** The rows of the tables about ASVS; several requirements may share one. */
const rows = page
  .split('\n')
  .filter((line) => /^\| \d+\.\d+\.\d+/.test(line))
  .map((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, numbers = '', level = '', , state = '', how = ''] = cells;
    return { numbers: numbers.split(', '), level: Number(level), state, how };
  });

describe('the table of ASVS 5.0 in SECURITY.md', () => {
  it('counts the requirements of the release', () => {
    const counts = [1, 2, 3].map((level) => [...ALL.values()].filter((l) => l === level).length);
    expect(counts).toEqual([70, 183, 92]);
  });

  it('answers each requirement that is asked of us once, with its level', () => {
    const answered = rows.flatMap(({ numbers, level }) => numbers.map((n) => `${n} L${level}`));
    expect(answered.toSorted()).toEqual(ASKED.map(([n, level]) => `${n} L${level}`).toSorted());
  });

  it('knows four states, and a reason for each that is not done', () => {
    for (const { numbers, state, how } of rows) {
      expect(STATES, numbers.join()).toContain(state);
      if (state !== 'done') expect(how, numbers.join()).not.toBe('');
    }
  });
});

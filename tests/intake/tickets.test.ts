import { expect, it } from 'vitest';
import { openTickets } from '../../src/intake/tickets.ts';
import type { Refusal } from '../../src/submission/refusals.ts';
import { keys } from '../support/database.ts';

const START = Date.parse('2026-11-20T12:00:00Z');

function open() {
  let at = START;
  const tickets = openTickets(keys, () => new Date(at));
  const use = (ticket?: string): { code: string; seconds: number; ticket: string } | 'in' => {
    try {
      tickets.use(ticket);
      return 'in';
    } catch (error) {
      const { code, retryAfter = 0, extra } = error as Refusal;
      return { code, seconds: retryAfter, ticket: String(extra?.ticket) };
    }
  };
  const pass = (seconds: number) => {
    at += seconds * 1000;
  };
  return { use, pass };
}

it('F6 a ticket lets in once, when its turn has come, for most of an hour', () => {
  const { use, pass } = open();
  const given = [use(), use(), use()].map((each) => (each === 'in' ? undefined : each));
  expect(given.map((each) => each?.seconds)).toEqual([10, 12, 14]);
  const [one, two, three] = given.map((each) => each?.ticket);
  pass(9);
  expect(use(one)).toEqual({ code: 'wait-needed', seconds: 1, ticket: one });
  pass(3);
  expect([use(one), use(two)]).toEqual(['in', 'in']);
  expect(use(one)).toMatchObject({ code: 'wait-needed' });
  pass(60 * 60);
  expect(use(three)).toMatchObject({ code: 'wait-needed', seconds: 10 });
});

it('F6 tickets cannot be hoarded: past 150 turns ahead there are none', () => {
  const { use } = open();
  const codes = Array.from({ length: 160 }, () => use()).map((each) => each !== 'in' && each.code);
  expect(codes.filter((code) => code === 'wait-needed')).toHaveLength(151);
  expect(codes.at(-1)).toBe('line-full');
});

it('a ticket that nobody signed is refused', () => {
  expect(open().use('AAAAAAAAAAAAAAAAAAAAAAAAAAAA')).toMatchObject({ code: 'cursor-invalid' });
});

import type { FastifyReply, FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/submission/refusals.ts';
import { sameOriginOnly } from '../../src/web/origin.ts';

const hook = sameOriginOnly('https://photos.example.org');

async function passes(method: string, headers: Record<string, string>): Promise<boolean> {
  const request = { method, headers: { host: 'photos.example.org', ...headers } };
  try {
    await hook(request as unknown as FastifyRequest, {} as FastifyReply);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'foreign-origin') return false;
    throw error;
  }
}

describe('a request that changes something', () => {
  it.each([
    [true, 'from our own pages', { 'sec-fetch-site': 'same-origin' }],
    [true, "by a person's own doing", { 'sec-fetch-site': 'none' }],
    [false, 'from another site', { 'sec-fetch-site': 'cross-site' }],
    [false, 'from another host of our domain', { 'sec-fetch-site': 'same-site' }],
    [
      false,
      'from another site that claims our origin',
      {
        'sec-fetch-site': 'cross-site',
        origin: 'https://photos.example.org',
      },
    ],
    [true, 'from a program', {}],
    [true, 'from our origin', { origin: 'https://photos.example.org' }],
    [true, 'from our own page that sends no referrer', { origin: 'null' }],
    [false, 'from another origin', { origin: 'https://evil.example' }],
    [
      false,
      'from an origin that begins like ours',
      {
        origin: 'https://photos.example.org.evil.example',
      },
    ],
    [
      true,
      'from the address it came to, in a trial at home',
      {
        host: '192.168.1.5:3000',
        origin: 'http://192.168.1.5:3000',
      },
    ],
  ])('%s: %s', async (expected, _, headers) => {
    expect(await passes('POST', headers)).toBe(expected);
    expect(await passes('DELETE', headers)).toBe(expected);
  });
});

it.each(['GET', 'HEAD', 'OPTIONS'])('lets every %s through', async (method) => {
  expect(await passes(method, { 'sec-fetch-site': 'cross-site' })).toBe(true);
});

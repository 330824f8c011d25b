import { expect, it } from 'vitest';
import { type LookUp, mailAdvice } from '../../src/calls/mail-advice.ts';

const SENDER = 'photos@example.org';
const none = () => Promise.reject(Object.assign(new Error(), { code: 'ENODATA' }));

function records(known: Record<string, string[][]>): LookUp {
  return async (name) => known[name] ?? none();
}

it('is silent where SPF and DMARC are there, in however many pieces', async () => {
  const spf = [['google-site=1'], ['v=spf1 mx ', '-all']];
  const lookUp = records({ 'example.org': spf, '_dmarc.example.org': [['v=DMARC1; p=reject']] });
  expect(await mailAdvice(SENDER, lookUp)).toEqual([]);
});

it('names what is missing, and a record that allows everybody', async () => {
  const bare = await mailAdvice(SENDER, none);
  expect(bare.map((line) => line.split(' ', 1)[0])).toEqual(['example.org', '_dmarc.example.org']);
  const open = await mailAdvice(SENDER, records({ 'example.org': [['v=spf1 +all']] }));
  expect(open.at(-1)).toContain('allows everybody');
});

it('says so where nothing can be looked up, and asks nobody about a trial at home', async () => {
  const broken = () => Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' }));
  expect(await mailAdvice(SENDER, broken)).toHaveLength(1);
  expect(await mailAdvice('photos@localhost.localdomain', broken)).toEqual([]);
});

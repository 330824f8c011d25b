import { expect, it } from 'vitest';
import { openKeys } from '../src/keys.ts';

const keys = openKeys('kF3-0dZq_8sWmB1xR7uYtL4vNcHpG2eJ');

it('derives the same keys from the same secret at every start', () => {
  const again = openKeys('kF3-0dZq_8sWmB1xR7uYtL4vNcHpG2eJ');
  expect(again.key('photos')).toEqual(keys.key('photos'));
  expect(keys.key('photos')).toHaveLength(32);
});

it('has another key for each purpose and each secret', () => {
  expect(keys.key('photos')).not.toEqual(keys.key('contacts'));
  expect(openKeys('another secret').key('photos')).not.toEqual(keys.key('photos'));
});

it('digests a value differently for each purpose', () => {
  const receipt = keys.digest('receipts', 'same');
  expect(keys.digest('receipts', Buffer.from('same'))).toEqual(receipt);
  expect(keys.digest('sessions', 'same')).not.toEqual(receipt);
});

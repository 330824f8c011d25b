import { randomBytes } from 'node:crypto';
import { RECEIPT_BYTES, receiptFromBytes } from '../submission/receipt.ts';
import type { Content } from './content.ts';
import type { IntakeTools } from './tools.ts';

/**
 * 130 random bits; under an idempotency key 130 bits made of key and content, so that a repeated
 * request is given the same receipt although only its digest is stored.
 */
export function makeReceipt(
  { keys }: Pick<IntakeTools, 'keys'>,
  key: string | null,
  { digest }: Content,
): string {
  const bytes = key
    ? keys.digest('receipt-from-key', JSON.stringify([key, digest]))
    : randomBytes(RECEIPT_BYTES);
  return receiptFromBytes(bytes.subarray(0, RECEIPT_BYTES));
}

/** What the database knows of a receipt. */
export function hashReceipt({ keys }: Pick<IntakeTools, 'keys'>, receipt: string): string {
  return keys.digest('receipts', receipt).toString('base64url');
}

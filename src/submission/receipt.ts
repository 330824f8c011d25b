/** Crockford's base32: no I, L, O, U, so that a receipt survives handwriting. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 26;
const GROUP = 4;
const BITS = LENGTH * 5;

/** Bytes `receiptFromBytes` needs: 130 bits rounded up. */
export const RECEIPT_BYTES = Math.ceil(BITS / 8);

/** Writes 17 secret bytes as a receipt of 26 characters (130 bits). */
export function receiptFromBytes(bytes: Buffer): string {
  if (bytes.length !== RECEIPT_BYTES)
    throw new RangeError(`A receipt takes ${RECEIPT_BYTES} bytes`);
  let value = BigInt(`0x${bytes.toString('hex')}`) >> BigInt(RECEIPT_BYTES * 8 - BITS);
  let receipt = '';
  for (let i = 0; i < LENGTH; i++) {
    receipt = ALPHABET.charAt(Number(value & 31n)) + receipt;
    value >>= 5n;
  }
  return receipt;
}

/**
 * Reads a receipt as people type it: case, spaces and dashes do not matter, O is read as 0,
 * I and L as 1. Null when it cannot be one.
 */
export function readReceipt(typed: string): string | null {
  if (typed.length > 200) return null;
  const receipt = typed
    .toUpperCase()
    .replace(/[\s\u2010-\u2015-]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(receipt) ? receipt : null;
}

/** The receipt in groups of four, as it is shown: `7K3M-Q2ZX-...`. */
export function groupReceipt(receipt: string): string {
  return receipt.replace(new RegExp(`.{${GROUP}}(?=.)`, 'g'), '$&-');
}

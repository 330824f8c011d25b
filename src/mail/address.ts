import { z } from 'zod';

/** What a browser takes for one address: no comma, quote, bracket, space or control fits in. */
const address = z.email({ pattern: z.regexes.html5Email }).max(254);

/** True when the text is exactly one bare address, so that it cannot bring a second recipient. */
export function isAddress(text: string): boolean {
  return address.safeParse(text).success;
}

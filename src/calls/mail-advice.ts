import { Resolver } from 'node:dns/promises';

/** Looks up the TXT records of a name. */
export type LookUp = (name: string) => Promise<string[][]>;

const PATIENCE_MS = 3_000;
/** There is an answer, and it is that there is nothing. */
const NONE = ['ENOTFOUND', 'ENODATA'];

/** What the domain of a sender lacks for its mails to be taken (SPF, DMARC). Never rejects. */
export async function mailAdvice(address: string, lookUp: LookUp = ask): Promise<string[]> {
  const domain = address.split('@').at(-1) ?? '';
  if (domain.endsWith('.localdomain')) return [];
  try {
    const [spf, dmarc] = await Promise.all([
      find(lookUp, domain, /^v=spf1\b/i),
      find(lookUp, `_dmarc.${domain}`, /^v=DMARC1\b/i),
    ]);
    return [
      ...(spf ? [] : [`${domain} has no SPF record: large providers may refuse its mails.`]),
      ...(dmarc ? [] : [`_dmarc.${domain} has no DMARC record: anybody can send in its name.`]),
      ...(spf && /\+all\b/.test(spf) ? [`The SPF record of ${domain} allows everybody.`] : []),
    ];
  } catch {
    return [`The records of ${domain} could not be looked up from here.`];
  }
}

async function find(lookUp: LookUp, name: string, wanted: RegExp): Promise<string | null> {
  try {
    const records = await lookUp(name);
    return records.map((pieces) => pieces.join('')).find((text) => wanted.test(text)) ?? null;
  } catch (error) {
    if (NONE.includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

function ask(name: string): Promise<string[][]> {
  return new Resolver({ timeout: PATIENCE_MS, tries: 1 }).resolveTxt(name);
}

import type { Trace } from '../../submission/photo.ts';

/** What a file gives away: each trace with what it says, or with nothing where only it is there. */
export type Findings = Map<Trace, string[]>;

export interface Place {
  latitude: number;
  longitude: number;
}

/** What was read of a file. */
export interface Revealed {
  findings: Findings;
  place: Place | undefined;
}

export function note(findings: Findings, trace: Trace, said = ''): void {
  const all = findings.get(trace) ?? [];
  const text = readable(said);
  if (text && !all.includes(text)) all.push(text);
  findings.set(trace, all);
}

const LONGEST = 120;

/** Without control characters, and short enough to be shown. */
function readable(said: string): string {
  const text = said
    .replace(/[\p{C}\uFFFD]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

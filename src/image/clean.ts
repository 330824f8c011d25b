import { check } from './checks.ts';
import { cover } from './cover.ts';
import { decode } from './decode.ts';
import { averageColor, placeholder } from './facts.ts';
import { fingerprints } from './fingerprint.ts';
import { type Inspected, inspect } from './inspect.ts';
import type { Pixels } from './pixels.ts';
import { price } from './policy.ts';
import type { CleanJob, CleanPhoto } from './protocol.ts';
import { encodeMaster, encodeRenditions } from './renditions.ts';
import { readTraces } from './traces.ts';

/**
 * Makes clean pictures of a stranger's file: one decode, covers painted, everything made of that.
 * Answers `heavy` before the decode when the photo costs much memory and `mayBeHeavy` is false.
 * @throws Refusal with a `photo-` code when there is no clean picture to be had.
 */
export async function clean(job: CleanJob, mayBeHeavy: boolean): Promise<CleanPhoto | 'heavy'> {
  const inspected = await inspect(job.photo);
  if (price(inspected.header) === 'heavy' && !mayBeHeavy) return 'heavy';
  const pixels = await decode(job.photo, inspected);
  cover(pixels, job.covers);
  const master = await encodeMaster(pixels);
  const { renditions, smallest } = await encodeRenditions(pixels);
  return { master, renditions, ...(await describe(job.photo, inspected, pixels, smallest)) };
}

/** Facts and checks, of the painted picture on a small scale. */
async function describe(
  file: Buffer,
  inspected: Inspected,
  { width, height }: Pixels,
  smallest: Pixels,
): Promise<Pick<CleanPhoto, 'facts' | 'checks' | 'taken' | 'turned'>> {
  const traces = readTraces(file, inspected);
  const { upright, turned } = await fingerprints(smallest);
  const facts = {
    width,
    height,
    color: averageColor(smallest),
    placeholder: await placeholder(smallest),
    fingerprint: upright,
    removed: traces.removed,
  };
  const checks = check({ smallest, header: inspected.header, traces });
  return { facts, checks, taken: traces.taken, turned };
}

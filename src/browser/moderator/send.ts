import type { Stage } from '../sending/deliver.ts';
import { ask, change } from './call.ts';
import { type Decision, isBusy, type Result, resultOf } from './decision.ts';

/** A photo on its way out of the public cannot be decided about before it is out. */
const BUSY_MS = 500;
const BUSY_TRIES = 20;

/** Sends one decision until the service has answered it. */
export async function send(
  { id, act, body }: Decision,
  version: number,
  me: string,
  tell: (stage: Stage) => void,
): Promise<Result> {
  const url = `/api/v1/moderation/submissions/${id}/${act}`;
  for (let tries = 1; ; tries += 1) {
    const answer = await ask(url, change({ version, ...body }), tell);
    if (!isBusy(version, answer) || tries === BUSY_TRIES) return resultOf(act, version, me, answer);
    await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
  }
}

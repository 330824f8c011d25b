/// <reference lib="webworker" />
import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import type { Challenge } from 'altcha-lib/types';

interface Job {
  challenge: Challenge;
  /** The tries of this worker: from here on, each so many further. */
  from: number;
  step: number;
}

addEventListener('message', ({ data: { challenge, from, step } }: MessageEvent<Job>) => {
  solveChallenge({ challenge, deriveKey, counterStart: from, counterStep: step }).then(
    (solution) => postMessage(solution),
    () => postMessage(null),
  );
});

import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import type { Challenge } from 'altcha-lib/types';
import { ask } from './http.ts';
import type { Service } from './service.ts';

/** A puzzle of the service, as it gives it to a client at `localAddress`. */
export async function fetchChallenge(
  { url }: Pick<Service, 'url'>,
  localAddress = '127.0.0.1',
): Promise<Challenge> {
  return JSON.parse((await ask(`${url}/api/v1/challenge`, { localAddress })).text);
}

/** Its answer, as it is sent in the header `Altcha`. */
export async function solve(challenge: Challenge): Promise<string> {
  const solution = await solveChallenge({ challenge, deriveKey });
  return writeProof({ challenge, solution });
}

export function writeProof(payload: object): string {
  return Buffer.from(JSON.stringify(payload)).toString('base64');
}

export function readProof(proof: string): { challenge: Challenge; solution: object } {
  return JSON.parse(Buffer.from(proof, 'base64').toString());
}

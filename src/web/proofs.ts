import { randomBytes } from 'node:crypto';
import { createChallenge, randomInt, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { openBounded } from './bounded.ts';

/** Rounds of PBKDF2 in one try: 0.8 ms of a server's core, some times that on a phone. */
const ROUNDS = 5_000;
/** Tries until the answer: one to two seconds of a server's core. */
const [FEWEST_TRIES, MOST_TRIES] = [1_000, 2_000];
/** Long enough to solve it on an old phone and begin to send. */
const LIFE_MS = 10 * 60_000;
/** About as many used ones as can be solved meanwhile by a thousand cores. */
const MOST_USED = 500_000;

const text = z.string().max(200);
const parametersSchema = z.object({
  algorithm: text,
  cost: z.number().int(),
  keyLength: z.number().int(),
  keyPrefix: text,
  keySignature: text,
  nonce: text,
  salt: text,
  expiresAt: z.number(),
  data: z.object({ for: text }),
});
export const challengeSchema = z
  .object({ parameters: parametersSchema, signature: text })
  .meta({ id: 'ProofChallenge', description: 'A challenge of ALTCHA (PBKDF2/SHA-256).' });
const payloadSchema = z.object({
  challenge: challengeSchema,
  solution: z.object({ counter: z.number().int(), derivedKey: text }),
});

type Challenge = z.output<typeof challengeSchema>;

/** Proof of work (ALTCHA): puzzles that cost a device seconds, and us next to nothing to check. */
export interface Proofs {
  /** A puzzle for one client; `client` is what `clientOf` says of the address. */
  challenge(client: string): Promise<Challenge>;
  /** Whether this is a fresh answer to a puzzle that this client was given. True once. */
  takes(client: string, proof: string): Promise<boolean>;
}

/** The secrets live as long as the process: a restart makes all puzzles and answers of before void. */
export function openProofs(): Proofs {
  const hmacSignatureSecret = randomBytes(32).toString('hex');
  const hmacKeySignatureSecret = randomBytes(32).toString('hex');
  const used = openBounded<number>(MOST_USED, () => 1);

  return {
    challenge: async (client) => {
      const challenge = await createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: ROUNDS,
        counter: randomInt(FEWEST_TRIES, MOST_TRIES),
        deriveKey,
        data: { for: client },
        expiresAt: new Date(Date.now() + LIFE_MS),
        hmacSignatureSecret,
        hmacKeySignatureSecret,
      });
      return challenge as Challenge;
    },

    async takes(client, proof) {
      const payload = read(proof);
      if (payload?.challenge.parameters.data.for !== client) return false;
      const { challenge, solution } = payload;
      const secrets = { hmacSignatureSecret, hmacKeySignatureSecret };
      const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secrets });
      const { nonce } = challenge.parameters;
      if (!verified || used.get(nonce)) return false;
      used.set(nonce, 1);
      return true;
    },
  };
}

function read(proof: string): z.output<typeof payloadSchema> | undefined {
  try {
    return payloadSchema.safeParse(JSON.parse(Buffer.from(proof, 'base64').toString())).data;
  } catch {
    return undefined;
  }
}

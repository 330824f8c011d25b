import { z } from 'zod';
import { typedText } from '../submission/text.ts';

/** What browsers and authenticators say to each other (WebAuthn Level 3, 5.1), as far as it passes by. */
const encoded = z
  .string()
  .regex(/^[\w-]*$/)
  .max(16_000);
const id = encoded.min(1).max(1_400);
const transports = z.array(z.string().max(40)).max(10);
const descriptor = z.object({
  id: z.string(),
  type: z.string(),
  transports: z.array(z.string()).optional(),
});
const verification = z.enum(['required', 'preferred', 'discouraged']);

/** `PublicKeyCredentialRequestOptionsJSON`. */
export const signInOptions = z
  .object({
    challenge: z.string(),
    rpId: z.string().optional(),
    timeout: z.number().optional(),
    userVerification: verification.optional(),
    allowCredentials: z.array(descriptor).optional(),
  })
  .meta({ id: 'PasskeySignInOptions', description: 'For navigator.credentials.get().' });

/** `PublicKeyCredentialCreationOptionsJSON`. */
export const registrationOptionsSchema = z
  .object({
    challenge: z.string(),
    rp: z.object({ name: z.string(), id: z.string().optional() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.object({ alg: z.number(), type: z.literal('public-key') })),
    timeout: z.number().optional(),
    excludeCredentials: z.array(descriptor).optional(),
    authenticatorSelection: z
      .object({
        residentKey: verification.optional(),
        requireResidentKey: z.boolean().optional(),
        userVerification: verification.optional(),
      })
      .optional(),
    attestation: z.string().optional(),
  })
  .meta({ id: 'PasskeyRegistrationOptions', description: 'For navigator.credentials.create().' });

const credential = {
  id,
  rawId: id,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}).default({}),
};

/** `AuthenticationResponseJSON`. */
const signedCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    authenticatorData: encoded,
    signature: encoded,
    userHandle: encoded.optional(),
  }),
});

/** `RegistrationResponseJSON`. */
const newCredential = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: transports.optional(),
  }),
});

export type SignedCredential = z.output<typeof signedCredential>;
export type NewCredential = z.output<typeof newCredential>;

export const passkeySignInBody = z.object({ credential: signedCredential });
export const passkeyBody = z.object({
  name: typedText({ maxGraphemes: 40, maxBytes: 400 }).pipe(z.string().min(1)),
  credential: newCredential,
});
export const passkeyParams = z.object({ id });

export const passkeySchema = z
  .object({ id: z.string(), name: z.string(), addedOn: z.string() })
  .meta({ id: 'Passkey' });
export const passkeysSchema = z.object({ items: z.array(passkeySchema) });

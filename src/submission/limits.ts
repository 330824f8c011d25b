/** How long a mailed sign-in link works (ASVS 6.5.5: at most ten minutes). */
export const SIGN_IN_MINUTES = 10;
/** How recent a sign-in has to be for what gives somebody more rights (ASVS 7.5.1). */
export const FRESH_MINUTES = 10;
/** How long a passkey has for its answer. */
export const CHALLENGE_MINUTES = 5;

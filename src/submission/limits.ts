/** How long a mailed sign-in link works (ASVS 6.5.5: at most ten minutes). */
export const SIGN_IN_MINUTES = 10;

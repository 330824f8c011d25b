import { S3ServiceError } from 's3mini';

/** The object store cannot be reached, or does not do what it is asked: nobody's photo is to blame. */
export class StoreDown extends Error {
  override readonly name = 'StoreDown';
  /** For whoever only knows errors by their code. */
  readonly code = 'STORE_DOWN';
}

/** Does something with the store; whatever goes wrong is a `StoreDown`. */
export async function reach<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw cause instanceof StoreDown ? cause : new StoreDown(told(cause), { cause });
  }
}

/** For what may be missing: null when just that is the answer; anything else is thrown on. */
export function missing(error: unknown): null {
  if (error instanceof S3ServiceError && error.status === 404) {
    if (/<Code>NoSuch(Key|Upload)<\/Code>/.test(error.body ?? '')) return null;
  }
  throw error;
}

function told(cause: unknown): string {
  const { message, cause: deeper } = cause as Error;
  const { code = '' } = (deeper ?? {}) as NodeJS.ErrnoException;
  return `The object store: ${message.split('\n', 1)[0]} ${code}`.trim();
}

/** A photo on its way, as it waits on this device for the connection. */
export interface Kept {
  key: string;
  fields: [name: string, value: string][];
  photo: ArrayBuffer;
  type: string;
  /** What was hidden in the file and never left the device; null when the file itself is sent. */
  stayed: string[] | null;
}

const [DATABASE, STORE, SLOT] = ['unsent', 'photos', 'photo'];

/**
 * Keeps the photo on its way in the browser's own storage, so that it survives a reload. Where
 * there is none (private windows), sending works all the same.
 */
export const keep = {
  put: (kept: Kept) => act('readwrite', (store) => store.put(kept, SLOT)),
  get: async () => (await act<Kept>('readonly', (store) => store.get(SLOT))) ?? null,
  erase: () => act('readwrite', (store) => store.clear()),
};

async function act<Result>(
  mode: IDBTransactionMode,
  job: (store: IDBObjectStore) => IDBRequest,
): Promise<Result | undefined> {
  try {
    const database = await open();
    try {
      return await new Promise<Result>((resolve, reject) => {
        const transaction = database.transaction(STORE, mode);
        const request = job(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
}

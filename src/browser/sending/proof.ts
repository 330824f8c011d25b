/** An old phone may take half a minute. */
const PATIENCE_MS = 90_000;
const MOST_WORKERS = 4;

/**
 * Solves the service's puzzle and returns the answer as it is to be sent. Workers are loaded only
 * now and ended afterwards. Null when it cannot be done here: no connection, an old browser.
 */
export async function solve(): Promise<string | null> {
  const workers: Worker[] = [];
  try {
    const challenge: unknown = await (await fetch('/api/v1/challenge')).json();
    const step = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 1));
    for (let i = 0; i < step; i += 1) {
      workers.push(new Worker(new URL('./proof-worker.ts', import.meta.url), { type: 'module' }));
    }
    const answers = workers.map((worker, from) => ask(worker, { challenge, from, step }));
    const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
    const solution = await Promise.race([...answers, late]);
    return solution ? btoa(JSON.stringify({ challenge, solution })) : null;
  } catch {
    return null;
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

function ask(worker: Worker, job: object): Promise<unknown> {
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<unknown>) => resolve(data);
    worker.onerror = () => resolve(null);
    worker.postMessage(job);
  });
}

import { Worker } from 'node:worker_threads';

/** Runs in a thread of its own: what is measured is not the wait for the test's own event loop. */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { Agent, get } = require('node:http');
const agent = new Agent({ keepAlive: true });
const ask = (url) => new Promise((resolve) => {
  const began = performance.now();
  const done = (status) => resolve({ status, ms: performance.now() - began });
  get(url, { agent }, (answer) => answer.resume().on('end', () => done(answer.statusCode)))
    .on('error', () => done(0));
});
let on = true;
parentPort.once('message', () => { on = false; });
(async () => {
  const answers = [];
  for (let i = 0; on; i += 1) {
    answers.push(await ask(workerData.urls[i % workerData.urls.length]));
    await new Promise((resolve) => setTimeout(resolve, workerData.pauseMs));
  }
  agent.destroy();
  parentPort.postMessage(answers);
})();
`;

/** An answer: status 0 when the connection broke. */
interface Watched {
  status: number;
  ms: number;
}

/** Asks for these addresses in turn, as a reader would, until it is stopped. */
export function watch(urls: string[], pauseMs = 20) {
  const worker = new Worker(PROGRAM, { eval: true, workerData: { urls, pauseMs } });
  return {
    stop: () =>
      new Promise<Watched[]>((resolve, reject) => {
        worker.once('message', resolve).once('error', reject);
        worker.postMessage('stop');
      }),
  };
}

/** The value below which so many of a hundred lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1] ?? Number.NaN;
}

import { fork } from 'node:child_process';
import { once } from 'node:events';

const PROGRAM = new URL('peak-program.ts', import.meta.url).pathname;

/**
 * Watches the memory of a service and its children, in a process of its own: looking takes
 * milliseconds each time, in which a thousand clients of the test would stand still.
 */
export async function watchPeak(pid: number, pauseMs: number) {
  const child = fork(PROGRAM, [String(pid), String(pauseMs)], { execArgv: ['--import', 'tsx'] });
  await once(child, 'message');
  return {
    /** Stops watching; resolves with the most there was, in MB. */
    async stop(): Promise<number> {
      child.send('stop');
      const [peak] = (await once(child, 'message')) as [number];
      return peak;
    },
  };
}

import { readFileSync } from 'node:fs';
import type { Service } from './service.ts';

/** Process ids of a service's image workers, the one started first at the front. */
export function workersOf({ pid }: Pick<Service, 'pid'>): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return list.trim().split(' ').filter(Boolean).map(Number).filter(isWorker);
}

/** A child is its parent's likeness first: who stops that one stops the parent, which waits for it. */
function isWorker(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker.js');
}

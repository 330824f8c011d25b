import { TASKS, type Task } from '../submission/states.ts';
import type { Database } from './database.ts';

/**
 * Opens the look at which tasks are due, whoever may hold them. At a ring many lanes ask in the
 * same moment, and mostly in vain: they share one query, begun after the last of them has asked.
 */
export function openDueTasks({ read }: Pick<Database, 'read'>): (now: Date) => Promise<Set<Task>> {
  let next: Promise<Set<Task>> | null = null;

  async function look(now: Date): Promise<Set<Task>> {
    await Promise.resolve();
    next = null;
    const due = await read.submission.groupBy({
      by: ['task'],
      where: { task: { in: [...TASKS] }, dueAt: { lte: now } },
    });
    return new Set(due.map(({ task }) => task as Task));
  }
  return (now) => {
    next ??= look(now);
    return next;
  };
}

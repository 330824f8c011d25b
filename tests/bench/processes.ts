import { readdirSync, readFileSync } from 'node:fs';

/** Linux tells a process's CPU time in hundredths of a second. */
const TICK_MS = 10;
/** What the process that makes AVIF pictures is known by. */
const AVIF_NICENESS = 10;

interface Process {
  pid: number;
  parent: number;
  niceness: number;
  cpuMs: number;
}

/** A process and all that descend from it, as they are now. */
export function familyOf(pid: number): Process[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const processes = all.map(readProcess).filter((each) => each !== null);
  const family = processes.filter((each) => each.pid === pid);
  for (const member of family) {
    family.push(...processes.filter((each) => each.parent === member.pid));
  }
  return family;
}

/**
 * CPU time a service has used so far, in milliseconds, without the AVIF pictures it makes at low
 * priority when it has nothing else to do.
 */
export function cpuMs(pid: number): number {
  const working = familyOf(pid).filter(({ niceness }) => niceness < AVIF_NICENESS);
  return working.reduce((sum, each) => sum + each.cpuMs, 0);
}

/** Memory of a service and its children in MB, what they share counted once (PSS). */
export function memoryMb(pid: number): number {
  return familyOf(pid).reduce((sum, each) => sum + pssKb(each.pid), 0) / 1024;
}

function readProcess(pid: string): Process | null {
  const stat = readOrNothing(`/proc/${pid}/stat`);
  // Behind the name in brackets, which may hold anything: fields 3 and on of proc(5).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields.length < 17) return null;
  const field = (number: number) => Number(fields[number - 3]);
  const cpu = (field(14) + field(15)) * TICK_MS;
  return { pid: Number(pid), parent: field(4), niceness: field(19), cpuMs: cpu };
}

function pssKb(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readOrNothing(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** A process may end at any moment. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

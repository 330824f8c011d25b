import { memoryMb } from '../bench/processes.ts';

// The program of a process of its own: looks at the memory of a service until it is asked for the most.

const [pid = 0, pauseMs = 0] = process.argv.slice(2).map(Number);
let peak = 0;
setInterval(() => {
  peak = Math.max(peak, memoryMb(pid));
}, pauseMs);
process.once('message', () => process.send?.(peak, () => process.exit()));
process.once('disconnect', () => process.exit());
process.send?.('ready');

const WIDTH = 30;
/** Where nobody looks at a terminal, a line now and then. */
const LINES = 10;

/**
 * Shows how far something is: a bar that grows on a terminal, a line for each tenth elsewhere.
 * Goes to stderr. Call what is returned with how many more are done.
 */
export function showProgress(what: string, total: number): (more?: number) => void {
  const { stderr } = process;
  let done = 0;
  let shown = -1;
  return (more = 1) => {
    done += more;
    const steps = stderr.isTTY ? 100 : LINES;
    const step = total > 0 ? Math.min(steps, Math.floor((done * steps) / total)) : steps;
    if (step === shown) return;
    shown = step;
    if (!stderr.isTTY) stderr.write(`${what}: ${done} of ${total}\n`);
    else stderr.write(`\r${barOf(step)} ${what}: ${done} of ${total}${step === steps ? '\n' : ''}`);
  };
}

function barOf(percent: number): string {
  const full = Math.round((percent * WIDTH) / 100);
  return `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${String(percent).padStart(3)} %`;
}

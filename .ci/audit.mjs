// Reads what `npm audit --json` says and fails for weaknesses that are high or critical. A registry
// that cannot be asked, or answers something else, is told and fails nothing.
import { readFileSync } from 'node:fs';

const GRAVE = new Set(['high', 'critical']);

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const { vulnerabilities, message, error } = read(readFileSync(0, 'utf8'));
if (!vulnerabilities) {
  const reason = message || error?.summary || 'no answer';
  console.log(`Known weaknesses of packages: the registry could not be asked (${reason})`);
} else {
  const all = Object.values(vulnerabilities);
  for (const { name, severity, range } of all) console.log(`${severity}: ${name} ${range}`);
  const grave = all.filter(({ severity }) => GRAVE.has(severity)).length;
  console.log(`Known weaknesses of packages: ${all.length}, ${grave} of them high or critical`);
  if (grave > 0) process.exitCode = 1;
}

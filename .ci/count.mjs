// Prints what vitest counted as one plain line, and fails when a test failed or none ran.
import { readFileSync } from 'node:fs';

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
);
const skipped = numPendingTests + numTodoTests;
console.log(
  `${process.argv[3] ?? ''}${numPassedTests} passed, ${numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
if (!success || numPassedTests === 0) process.exitCode = 1;

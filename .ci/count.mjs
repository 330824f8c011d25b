// Prints what vitest counted as one plain line, after the name of each test that failed; fails when
// a test failed or none ran.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success, testResults } =
  JSON.parse(readFileSync(process.argv[2], 'utf8'));
const about = process.argv[3] ?? '';

for (const { name, status, message, assertionResults } of testResults) {
  if (status !== 'failed') continue;
  const file = relative('.', name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  for (const { fullName, failureMessages } of failed) {
    console.log(
      `${about}FAILED ${file}: ${fullName}\n${failureMessages.join('\n').slice(0, 1000)}`,
    );
  }
  if (failed.length === 0) console.log(`${about}FAILED ${file}\n${message.slice(0, 1000)}`);
}
const skipped = numPendingTests + numTodoTests;
console.log(
  `${about}${numPassedTests} passed, ${numFailedTests} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
if (!success || numPassedTests === 0) process.exitCode = 1;

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with the page once it has come to rest: half faded in, a text has other colours. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the content security policy does not concern.
  await page.evaluate(source);
  return page.evaluate(async () => {
    const moving = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    const { axe } = globalThis as unknown as { axe: { run(): Promise<Result> } };
    const result = await axe.run();
    if (result.passes.length < 10) throw new Error('axe looked at nothing');
    return result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`,
    );
  });
}

interface Result {
  passes: unknown[];
  violations: { id: string; nodes: { target: string[] }[] }[];
}

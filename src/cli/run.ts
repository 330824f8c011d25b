import { ConfigError } from '../config.ts';
import { CannotStart } from '../resources.ts';

export type Command = (args: string[]) => Promise<void>;

/** A command was called with the wrong words; the message says which are right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Runs the command the command line names. What the caller can mend is told in a sentence. */
export async function run(commands: Record<string, Command>): Promise<void> {
  const [name = '', ...args] = process.argv.slice(2);
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`Commands: ${Object.keys(commands).join(', ')}`);
    await command(args);
  } catch (error) {
    const expected = [ConfigError, CannotStart, UsageError].some((kind) => error instanceof kind);
    if (!expected) throw error;
    console.error((error as Error).message);
    process.exit(1);
  }
}

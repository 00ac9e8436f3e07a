import { CommandError } from './usage.ts';

/** Writes to standard output. @throws CommandError 1 when its reader, such as `head`, has gone */
export function printed(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    // The error comes to the callback as well; without a listener it would end the process.
    process.stdout.once('error', () => undefined);
    process.stdout.write(text, (error) => {
      if (error) reject(new CommandError('standard output was closed before the end', 1));
      else resolve();
    });
  });
}

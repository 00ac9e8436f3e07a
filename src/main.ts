#!/usr/bin/env node
import { commands } from './cli/commands.ts';
import { CommandError, callOf, helpText } from './cli/usage.ts';
import { build } from './exporter/build.ts';
import { safeError } from './runtime/fault.ts';

try {
  const { command, values, positionals } = callOf(process.argv.slice(2), commands);
  if (values.help === true) process.stdout.write(helpText(commands));
  else if (values.version === true) {
    process.stdout.write(
      `mongodbatlas-backup-exporter ${build.version}, Node.js ${build.nodeVersion}\n`,
    );
  } else process.exitCode = await command.run(values, positionals);
} catch (error) {
  if (error instanceof CommandError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  } else {
    process.stderr.write(`internal error: ${JSON.stringify(safeError(error))}\n`);
    process.exit(1);
  }
}

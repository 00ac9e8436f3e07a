#!/usr/bin/env node
import { build } from './build.ts';
import { health } from './cli/health.ts';
import { CommandError, callOf, helpText } from './cli/usage.ts';
import { toldFault } from './fault.ts';

const args = process.argv.slice(2);
// A container runs it every minute: it does without what the other commands load.
const isProbe = args[0] === health.name && !args.includes('--help');
const commands = isProbe ? [health] : (await import('./cli/commands.ts')).commands;

try {
  const { command, values, positionals } = callOf(args, commands);
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
    process.stderr.write(`a fault of the exporter: ${JSON.stringify(toldFault(error))}\n`);
    process.exit(1);
  }
}

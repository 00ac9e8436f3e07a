#!/usr/bin/env node
import { build } from './build.ts';
import { check } from './cli/check.ts';
import { demo } from './cli/demo.ts';
import { once } from './cli/once.ts';
import { serve } from './cli/serve.ts';
import { simulate } from './cli/simulate.ts';
import { listSnapshots, oneSnapshot } from './cli/snapshots.ts';
import { CommandError, callOf, helpText } from './cli/usage.ts';

const commands = [serve, demo, simulate, check, once, listSnapshots, oneSnapshot];

try {
  const { command, values, positionals } = callOf(process.argv.slice(2), commands);
  if (values.help === true) process.stdout.write(helpText(commands));
  else if (values.version === true) {
    process.stdout.write(
      `mongodbatlas-backup-exporter ${build.version}, Node.js ${build.nodeVersion}\n`,
    );
  } else process.exitCode = await command.run(values, positionals);
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}

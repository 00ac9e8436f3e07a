import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { CommandError, callOf } from '../../src/cli/usage.ts';
import { run } from '../e2e/program.ts';

describe('--help', () => {
  test('names every command with the flags it takes, and every flag', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of ['serve', 'demo', 'simulate', 'check', 'health', 'once']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${command} .*\\n +--\\S`, 'm'));
    }
    expect(stdout).toContain('snapshots list PROJECT CLUSTER ');
    expect(stdout).toContain('snapshots get PROJECT CLUSTER SNAPSHOT ');
    const used = new Set(stdout.match(/--[a-z.-]+/g));
    for (const flag of used) expect(stdout).toMatch(new RegExp(`^ {2}${flag} `, 'm'));
    expect(stdout).toContain('Exit codes: 0 success');
  });

  test('has no flag for a secret: the process list would show it', async () => {
    const { stdout } = await run(['--help']);
    expect(stdout).not.toMatch(/--\S*(key|secret|password|token)/i);
  });

  test.each([[['snapshots', 'get']], [['health']]])(
    'is answered after %j, too',
    async (command) => {
      const { code, stdout, stderr } = await run([...command, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toContain('serve');
    },
  );
});

test('--version says which program and which Node.js runs', async () => {
  const { code, stdout } = await run(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^mongodbatlas-backup-exporter \d+\.\d+\.\d+\S*, Node\.js v\d+\.\d+\.\d+\n$/,
  );
});

describe('bad usage', () => {
  test.each([
    [['nonsense'], /^unknown command "nonsense"; commands: serve, demo, .*snapshots get\n/],
    [['snapshots'], /^unknown command "snapshots"; commands: .*snapshots list/],
    [['snapshots', 'list', 'p'], /^usage: snapshots list PROJECT CLUSTER\n/],
    [['--config.file'], /^Option '--config\.file <value>' argument missing\n/],
    [['once', '--projects', '3'], /^once does not take --projects\n/],
    [['serve', 'now'], /^serve takes flags only, not "now"\n/],
  ])('%j is refused with a line that says what is wrong, and one where to look', (args, said) => {
    const call = () => callOf(args, commands);
    expect(call).toThrow(CommandError);
    expect(call).toThrow(said);
    expect(call).toThrow(/\nTry: mongodbatlas-backup-exporter --help$/);
  });

  test.each([
    [['--nonsense'], /^Unknown option '--nonsense'\nTry: .* --help\n$/],
    [['demo', '--web.listen-address', '10071'], /^--web\.listen-address must be host:port/],
    [['simulate', '--clusters', '5x'], /^--clusters must be a whole number from 0 to 100000\n$/],
    [
      ['serve', '--config.auto-reload-interval', '30'],
      /^--config\.auto-reload-interval: from 1s to/,
    ],
    [
      ['demo', '--web.external-url', 'ftp://x'],
      /^--web\.external-url is not an http or https URL\n$/,
    ],
    [['demo', '--log.level', 'loud'], /^--log\.level: one of trace, debug, info, warn, error\n$/],
  ])('%j ends with 2', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});

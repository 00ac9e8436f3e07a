import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { faults } from '../../src/simulator/faults/table.ts';
import { emptyFolder, run, startedProgram } from '../e2e/program.ts';
import { valuesOf } from '../e2e/samples.ts';

test('simulate prints its address and an account that works as it stands', async () => {
  const flags = ['--projects', '2', '--clusters', '7', '--snapshots', '5', '--seed', 'x'];
  const simulator = startedProgram(['simulate', '--listen-address', '127.0.0.1:0', ...flags]);
  const url = await simulator.printed(/Simulated Atlas listening on (\S+)/);
  await simulator.printed(/(service account)/);
  expect((await fetch(`${url}/api/atlas/v2/groups`)).status).toBe(401);

  const cwd = join(await emptyFolder(), 'with spaces');
  await mkdir(cwd);
  const account = /^accounts:[\s\S]*?\n(?=\n)/m.exec(simulator.stdout())?.[0] ?? '';
  await writeFile(join(cwd, 'config.yaml'), account);
  const { code, stdout } = await run(['once'], { cwd });
  expect(code).toBe(0);
  expect(valuesOf(stdout, 'exporter_projects')).toEqual([2]);
  expect(valuesOf(stdout, 'cluster_info').length).toBe(7);
  simulator.kill('SIGTERM');
  expect((await simulator.ended).code).toBe(0);
});

test('simulate says in one line that its port is taken', async () => {
  const first = startedProgram(['simulate', '--listen-address', '127.0.0.1:0', '--clusters', '1']);
  const { host } = new URL(await first.printed(/listening on (\S+)/));
  expect(await run(['simulate', '--listen-address', host])).toMatchObject({
    code: 1,
    stderr: `cannot listen on ${host}: address already in use\n`,
  });
});

test('simulate goes wrong as it is told, and otherwise once it is told otherwise', async () => {
  const faults = ['--fault', 'status=418:1@/groups', '--fault', 'sunset'];
  const address = ['--listen-address', '127.0.0.1:0', '--clusters', '1'];
  const simulator = startedProgram(['simulate', ...address, ...faults]);
  const url = await simulator.printed(/^curl .* (http\S+)$/m);
  expect(await (await fetch(url)).text()).toBe('status=418:1@/groups\nsunset\n');
  const told = await fetch(url, { method: 'PUT', body: 'hang' });
  expect(await told.text()).toBe('hang\n');
});

test('simulate lists its faults, and knows no others', async () => {
  const { code, stdout } = await run(['simulate', '--fault', 'list']);
  expect(code).toBe(0);
  for (const [name, { description }] of faults) {
    expect(stdout).toMatch(new RegExp(`^  ${name}\\b.*`, 'm'));
    expect(stdout).toContain(description);
  }
  expect(await run(['simulate', '--fault', 'hang', '--fault', 'gone:7'])).toMatchObject({
    code: 2,
    stderr: '--fault "gone:7": share must be from 0 to 1; --fault list shows all\n',
  });
});

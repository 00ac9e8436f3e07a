import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { files, ruleFolder } from '../../../generate/alerts/generate.ts';
import { emptyFolder } from '../../e2e/program.ts';
import { tool } from '../tools.ts';

const promtool = tool('PROMTOOL');
const root = fileURLToPath(new URL('../../../', import.meta.url));
const ruleFiles = [...files.keys()].filter((path) => path.startsWith(ruleFolder));

function linted(path: string) {
  const args = ['check', 'rules', '--lint=all', '--lint-fatal', path];
  const { status, stdout, stderr } = spawnSync(promtool ?? '', args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe.skipIf(promtool === undefined)('promtool finds nothing to say', () => {
  test.each(ruleFiles)('about %s', (path) => {
    const { status, said } = linted(join(root, path));
    expect({ status, said }).toMatchObject({ status: 0, said: expect.stringContaining('SUCCESS') });
  });

  test('but it does about a rule that stands there twice', async () => {
    const file = join(await emptyFolder(), 'rules.yaml');
    const rule = { record: 'a:b:sum', expr: 'sum(a)' };
    await writeFile(file, JSON.stringify({ groups: [{ name: 'twice', rules: [rule, rule] }] }));
    expect(linted(file).status).not.toBe(0);
  });
});

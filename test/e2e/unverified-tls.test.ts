import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time.ts';
import { generatedWorld } from '../../src/simulator/world/generated-world.ts';
import { emptyFolder, run } from './program.ts';
import { accountText, startedAtlas } from './serving.ts';

const world = generatedWorld({ seed: 'tls', projects: 1, clusters: 1 }, systemClock());

describe('NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };

  test.each(['serve', 'once', 'check --online', 'snapshots list a b', 'snapshots get a b c'])(
    'ends %s at once with one sentence',
    async (command) => {
      const atlas = await startedAtlas({ world });
      const cwd = await emptyFolder();
      await writeFile(join(cwd, 'config.yaml'), accountText(atlas.url));
      const { code, stdout, stderr } = await run(command.split(' '), { cwd, env });
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(
        /^NODE_TLS_REJECT_UNAUTHORIZED=0 is set[^\n]*: unset it, and [^\n]*ca_file[^\n]*\n$/,
      );
      expect(atlas.requestLog.total).toBe(0);
    },
  );

  test('does not keep check from judging a configuration', async () => {
    const cwd = await emptyFolder();
    await writeFile(join(cwd, 'config.yaml'), accountText('https://cloud.mongodb.com'));
    expect(await run(['check'], { cwd, env })).toMatchObject({ code: 0 });
  });
});

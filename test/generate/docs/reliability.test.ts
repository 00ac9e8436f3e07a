import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { figures } from '../../../generate/docs/reliability.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { elsewhere } from '../../faults/elsewhere.ts';
import { rows } from '../../faults/rows.ts';
import { soak } from '../../scale/soak-figures.ts';

const root = new URL('../../../', import.meta.url);

test('npm run soak plays as many polls as the page says', () => {
  expect(packageJson.scripts.soak).toContain(`SOAK_POLLS=${soak.polls.long} `);
});

test('every test that is named is there', () => {
  for (const [id, , where] of elsewhere) {
    for (const file of where.kind === 'tested' ? where.by : []) {
      expect(existsSync(new URL(file, root)), id).toBe(true);
    }
  }
});

/** How many faults the catalogue has of each kind, numbered from 1. */
const catalogue = {
  ...{ AU: 18, OA: 12, PE: 12, RL: 10, NT: 20, BD: 12, PG: 12, DT: 24, CK: 6 },
  ...{ SV: 18, LC: 14, CF: 13, SE: 24 },
};

test('every fault of the catalogue is played, or named with where it is', () => {
  const named = new Set([...rows.map(({ id }) => id), ...elsewhere.map(([id]) => id)]);
  const all = Object.entries(catalogue).flatMap(([kind, most]) =>
    Array.from({ length: most }, (_, n) => `${kind}-${String(n + 1).padStart(2, '0')}`),
  );
  expect(all.filter((id) => !named.has(id))).toEqual([]);
  expect([...named].filter((id) => !all.includes(id))).toEqual([]);
});

test('no row is played twice', () => {
  const keys = rows.map(({ id, title, at, by, stepSeconds }) =>
    [id, title, at, by, stepSeconds].join(' '),
  );
  expect(new Set(keys).size).toBe(keys.length);
  console.info(`${figures().rows} rows in ${figures().runs} runs`);
});

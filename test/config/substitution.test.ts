// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the syntax under test looks like one.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { substitute } from '../../src/config/substitute.ts';
import { account, configOrThrow, load, problemsOf } from './loading.ts';

const env = { NAME: 'main', EMPTY: '', ODD: '$$ ${NAME} #: "' };

test.each([
  ['plain', 'plain'],
  ['${NAME}', 'main'],
  ['a${NAME}b${NAME}c', 'amainbmainc'],
  ['${EMPTY}', ''],
  ['${EMPTY:-other}', 'other'],
  ['${UNSET:-other}', 'other'],
  ['${UNSET:-}', ''],
  ['${NAME:-other}', 'main'],
  ['${UNSET:-a:-b}', 'a:-b'],
  ['$${NAME}', '${NAME}'],
  ['$$$${NAME}', '$${NAME}'],
  ['$NAME $ $$', '$NAME $ $'],
  ['${ODD}', env.ODD],
  ['}{', '}{'],
])('%s becomes %s', (text, expected) => {
  expect(substitute(text, env)).toMatchObject({ text: expected, faults: [] });
});

test.each([
  ['${UNSET}', 'the environment variable UNSET is not set'],
  ['${toString}', 'the environment variable toString is not set'],
  ['${', 'has a variable without its closing brace; write $$ for a plain dollar sign'],
  ['${}', 'has a variable with an impossible name; write $$ for a plain dollar sign'],
  ['${NAME-x}', 'has a variable with an impossible name; write $$ for a plain dollar sign'],
])('%s is refused: %s', (text, fault) => {
  expect(substitute(text, env).faults).toEqual([fault]);
});

test('each unset variable of a text is a problem of its own', () => {
  expect(substitute('${A}${B}', {}).faults).toHaveLength(2);
});

test('any text survives when its dollar signs are doubled', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', ':-') }), (text) => {
      expect(substitute(text.replaceAll('$', '$$$$'), {})).toMatchObject({ text, faults: [] });
    }),
  );
});

test('variables fill text, and numbers and booleans where those are wanted', async () => {
  const text = `${account.replace('abcdwxyz', '${DIGITS}')}    projects: { include: ["\${ID}"] }
poll: { interval: "\${EVERY}", concurrency: "\${MANY}", background: "\${TIMER:-true}" }
log: { level: "\${UNSET:-debug}" }
web: { external_url: "https://\${HOST}/a$$b" }
`;
  const variables = { DIGITS: '12345678', ID: '5e11', EVERY: '1m', MANY: '7', HOST: 'example.com' };
  const config = configOrThrow(await load(text, variables));
  expect(config.accounts[0]?.projects.include).toEqual(['5e11']);
  expect(config.poll).toMatchObject({ intervalSeconds: 60, concurrency: 7, background: true });
  expect(config.log.level).toBe('debug');
  expect(config.web.externalUrl).toBe('https://example.com/a$b');
});

test('text in quotes is no number, only text from a variable may be', async () => {
  expect(problemsOf(await load(`${account}poll: { concurrency: "7" }\n`))).toBe(
    'config.yaml:6:22: poll.concurrency: expected a number, found a string',
  );
});

test('the limits hold for a number from a variable as well', async () => {
  const text = `${account}poll: { concurrency: "\${MANY}" }\n`;
  expect(problemsOf(await load(text, { MANY: '700' }))).toBe(
    'config.yaml:6:22: poll.concurrency: must be at most 100',
  );
});

test('an alias brings what a variable gave to its anchor', async () => {
  const text = `${account}log: { level: &level "\${LEVEL}" }\nobjectives: { overrides: [{ match: *level, rpo: 1h }] }\n`;
  expect(problemsOf(await load(text, { LEVEL: 'info' }))).toBe(
    'config.yaml:6:22: objectives.overrides[0].match: must be project/cluster, for example billing/* or */orders',
  );
});

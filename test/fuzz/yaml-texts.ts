import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { account, canary } from '../config/loading.ts';

const example = readFileSync(new URL('../../config.example.yaml', import.meta.url), 'utf8');
/** Sound ones, with the canary wherever a secret stands. */
const sound = [
  account,
  example.replaceAll(/\$\{\w+\}/g, canary),
  example.replaceAll(/^( *)#(?=\S)/gm, '$1').replaceAll(/\$\{\w+\}/g, canary),
];

const keys = 'accounts auth api_key private_key poll interval web log objectives overrides'.split(
  ' ',
);
const piece = fc.oneof(
  fc.constantFrom(...'#:,-?!&*|>%@`\'"[]{}$~\n\t 0', '\n  ', ': ', '- ', '<<: ', '\u0000', '💾'),
  fc.constantFrom('&a ', '*a', '&a [*a]', '<<: *a\n', '!!binary ', '!x ', '? ', '---\n', '...\n'),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the file's variables, not ours
  fc.constantFrom('${A}', '${A:-', '$$', '${', '|2-\n', '>+\n', '"\\x', '%YAML 9.9\n', '\ufeff'),
  fc.constantFrom('1e999', '0x7f', '0o17', '.inf', '.nan', 'null', 'yes', '2026-01-01', '1_000'),
  fc.constantFrom(...keys).map((key) => `\n${key}: `),
  fc.constant(canary),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
/** Seldom so many that a loader which is not linear would be seen. */
const many = fc.oneof(
  { weight: 90, arbitrary: fc.constant(1) },
  { weight: 9, arbitrary: fc.integer({ min: 2, max: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom(3_000, 100_000) },
);
const put = fc
  .tuple(
    fc.oneof(
      piece,
      fc.tuple(piece, piece).map((two) => two.join('')),
    ),
    many,
  )
  .map(([text, times]) => text.repeat(Math.min(times, Math.ceil(100_000 / text.length))));

const edits = fc.array(
  fc.record({ at: fc.nat({ max: 9_999 }), drop: fc.constantFrom(0, 0, 1, 2, 5, 40), put }),
  { minLength: 1, maxLength: 6 },
);
const edited = fc.tuple(fc.constantFrom(...sound), edits).map(([text, changes]) =>
  changes.reduce((before, change) => {
    const start = Math.floor((change.at / 10_000) * before.length);
    return before.slice(0, start) + change.put + before.slice(start + change.drop);
  }, text),
);
const made = fc.array(put, { maxLength: 30 }).map((pieces) => pieces.join(''));

/** Files by slips of the keyboard in sound ones, and ones of nothing but what is difficult. */
export const yamlFiles: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: edited.map((text) => Buffer.from(text)) },
  { weight: 3, arbitrary: made.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: edited.map((text) => Buffer.from(text, 'latin1')) },
);

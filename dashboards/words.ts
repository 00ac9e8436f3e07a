import { MappingType, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Meaning, palette } from './palette.ts';

/** Values in words, in their colours. */
export function wordsFor(words: Readonly<Record<number, readonly [string, Meaning]>>): ValueMap {
  return {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      Object.entries(words).map(([value, [text, meaning]], index) => [
        value,
        { text, color: palette[meaning], index },
      ]),
    ),
  };
}

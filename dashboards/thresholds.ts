import {
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { type Meaning, palette } from './palette.ts';

/** What a number means from which value on. */
export type Steps = { readonly builder: () => ThresholdsConfigBuilder };

/** `first` holds below all steps. */
export function steps(
  first: Meaning,
  ...more: readonly (readonly [from: number, Meaning])[]
): Steps {
  const all: Threshold[] = [
    { value: null, color: palette[first] },
    ...more.map(([value, meaning]) => ({ value, color: palette[meaning] })),
  ];
  return {
    builder: () => new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(all),
  };
}

export function always(meaning: Meaning): Steps {
  return steps(meaning);
}

/** Colours that people tell apart who do not see red or green (Okabe and Ito, and one of Tol's). Words go with them. */
export const palette = {
  bad: '#D55E00',
  warning: '#E69F00',
  doubt: '#882255',
  unknown: '#CC79A7',
  resting: '#56B4E9',
  good: '#009E73',
  plain: '#0072B2',
  none: '#8E8E8E',
  /** That of the text around, by Grafana's theme. */
  text: 'text',
} as const;

export type Meaning = keyof typeof palette;

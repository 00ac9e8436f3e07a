import { tool } from '../tools.ts';

/** Undefined: none is at hand, and what needs it is skipped. */
export const chromiumPath = tool('CHROMIUM');

/** Debian's Chromium, without anything that would speak with the network of its own accord. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const schemes = ['light', 'dark'] as const;

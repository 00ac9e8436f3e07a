/** What `probe.mjs` answers in a program under test. */
export type Question =
  /** Milliseconds of CPU of all threads so far. */
  | { readonly ask: 'cpu' }
  /** Bytes of the heap in use, garbage collected; needs --expose-gc. */
  | { readonly ask: 'heap' }
  /** Begins to look for the longest block of the event loop. */
  | { readonly ask: 'watch blocks' }
  /** Milliseconds of CPU of the longest one, and the end of looking. */
  | { readonly ask: 'longest block' }
  /** Begins to write down the CPU used so far, now and then. */
  | { readonly ask: 'watch cpu' }
  /** The end of that: Unix milliseconds and CPU milliseconds in turn. */
  | { readonly ask: 'cpu series' }
  /** Moves all clocks of the program, so that what is due later is due now. */
  | { readonly ask: 'later'; readonly ms: number };

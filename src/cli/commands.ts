import { check } from './check.ts';
import { demo } from './demo.ts';
import { health } from './health.ts';
import { once } from './once.ts';
import { serve } from './serve.ts';
import { simulate } from './simulate.ts';
import { listSnapshots, oneSnapshot } from './snapshots.ts';
import type { Command } from './usage.ts';

/** All of them; the first is the default. */
export const commands: readonly Command[] = [
  ...[serve, demo, simulate, check, health, once],
  ...[listSnapshots, oneSnapshot],
];

import { newFleet } from '../../src/domain/fleet.ts';
import { firstGeneration } from '../../src/domain/generation.ts';
import { noSightings } from '../../src/status/sightings.ts';
import { type StatusView, watchOf } from '../../src/status/view.ts';
import { noon } from '../domain/snapshots.ts';

const generation = firstGeneration(newFleet([]), []);

/** Before the first poll: nothing is known. */
export const emptyView: StatusView = {
  generation,
  rows: [],
  sightings: noSightings,
  watch: watchOf(generation, [], { now: noon, pollIntervalSeconds: 300, sweepIntervalSeconds: 0 }),
  pollInProgress: false,
};

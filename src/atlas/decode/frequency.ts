import type { Frequency } from '../../domain/snapshot.ts';

/** `frequencyType` of cloud snapshots and of policy items. */
export const frequencies: Readonly<Record<string, Frequency>> = {
  hourly: 'hourly',
  daily: 'daily',
  weekly: 'weekly',
  monthly: 'monthly',
  yearly: 'yearly',
  // Outside the published enum, and on every on-demand snapshot that was recorded.
  ondemand: 'on_demand',
};

import type { CloudProvider, Frequency } from '../../domain/snapshot.ts';
import { type Findings, known } from './decoding.ts';

const providers: Readonly<Record<string, CloudProvider>> = {
  AWS: 'AWS',
  AZURE: 'AZURE',
  GCP: 'GCP',
};

/** The one provider of all of these; `multiple` when they differ. */
export function providerOf(
  holders: readonly { readonly cloudProvider?: string | undefined }[],
  findings: Findings,
): CloudProvider | undefined {
  let found: CloudProvider | undefined;
  for (const { cloudProvider } of holders) {
    const one = known(providers, cloudProvider, 'cloudProvider', findings);
    if (one === undefined) continue;
    if (found !== undefined && found !== one) found = 'multiple';
    else found = one;
  }
  return found;
}

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

import type { CloudProvider, Frequency } from '../../domain/snapshot.ts';
import { type Findings, known, named } from './decoding.ts';

const providers = named<CloudProvider>('AWS', 'AZURE', 'GCP');

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
  ...named<Frequency>('hourly', 'daily', 'weekly', 'monthly', 'yearly'),
  // Outside the published enum, and on every on-demand snapshot that was recorded.
  ondemand: 'on_demand',
};

import type { CloudProvider } from '../../domain/snapshot.ts';
import { type Findings, known } from '../decoding.ts';

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
  const found = new Set(
    holders.flatMap(
      ({ cloudProvider }) => known(providers, cloudProvider, 'cloudProvider', findings) ?? [],
    ),
  );
  return found.size > 1 ? 'multiple' : [...found][0];
}

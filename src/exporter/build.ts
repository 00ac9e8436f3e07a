import packageJson from '../../package.json' with { type: 'json' };
import type { BuildFacts } from '../metrics/exporter-families.ts';

/** What runs. The revision comes from the environment of the image; empty in a checkout. */
export const build: BuildFacts = {
  version: packageJson.version,
  revision: process.env['EXPORTER_REVISION'] ?? '',
  nodeVersion: process.version,
};

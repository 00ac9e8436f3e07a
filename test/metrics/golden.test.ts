import { describe, expect, test } from 'vitest';
import { formats } from '../../src/metrics/encoding.ts';
import { parsed } from './exposition.ts';
import { type FleetName, fleets } from './fleets.ts';
import { text } from './pages.ts';

const shown: Readonly<Record<string, FleetName>> = {
  'a healthy replica set': 'healthy',
  'a replica set with its schedule': 'scheduled',
  'a sharded cluster': 'sharded',
  'a flex cluster': 'flex',
  'a cluster with legacy backups': 'legacy',
  'a paused cluster': 'paused',
  'a cluster with backup switched off': 'disabled',
  'a cluster that was never backed up': 'neverBackedUp',
  'a cluster whose snapshot is stuck': 'stuck',
  'a cluster whose last snapshot failed': 'failing',
  'a cluster after a failed poll': 'stale',
  'a cluster after more failures than max_staleness allows': 'expired',
  'a fleet before the first poll, with a project named': 'unpolled',
  'two projects of one name': 'twins',
};
const endings = { text: 'prom', openmetrics: 'openmetrics' } as const;

describe.each(formats)('in the %s format', (format) => {
  test.each(Object.entries(shown))('%s', async (_, name) => {
    const page = await text(fleets[name], format);
    parsed(page, format);
    const file = `${name.replaceAll(/[A-Z]/g, (one) => `-${one.toLowerCase()}`)}.${endings[format]}`;
    await expect(page).toMatchFileSnapshot(`../golden/${file}`);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { start } from '../../simulator/client.ts';
import { tool } from '../tools.ts';
import { aboutReading } from './about-reading.ts';
import { aboutSchedules } from './about-schedules.ts';
import { aboutTheExporter } from './about-the-exporter.ts';
import { contradictions, told } from './firings.ts';
import { play } from './story.ts';

const binary = tool('PROMETHEUS');
const folder = join(import.meta.dirname, '../../../helm/mongodbatlas-backup-exporter/rules');
const rules = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));

// Each has a Prometheus of its own, and mostly waits.
vi.setConfig({ maxConcurrency: 20, testTimeout: 600_000 });

describe.skipIf(binary === undefined)('the alerts that fire when', () => {
  const stories = [...aboutReading, ...aboutSchedules, ...aboutTheExporter];
  test.concurrent.for(stories.map((story) => [story.title, story] as const))(
    '%s',
    async ([title, story]) => {
      const { fired, complaints } = await play(story, {
        binary: binary ?? '',
        rules,
        origin: start,
      });
      process.stdout.write(`\n${title}\n${told(fired)}\n`);
      expect(complaints).toEqual([]);
      expect(contradictions(fired, story.expected)).toEqual([]);
    },
  );
});

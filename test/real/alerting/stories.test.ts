import { describe, expect, test } from 'vitest';
import { groups } from '../../../src/collectors/alerts.ts';
import { tool } from '../tools.ts';
import { faults } from './promtool.ts';
import { changes } from './stories/changes.ts';
import { deceptions } from './stories/deceptions.ts';
import { outages } from './stories/outages.ts';
import { storyUnit } from './stories/story.ts';

const promtool = tool('PROMTOOL');

// All rules over days take their time.
describe.skipIf(promtool === undefined)('of all alerts', { timeout: 240_000 }, () => {
  test.each([...outages, ...changes, ...deceptions])('only these fire: $what', async (story) => {
    expect(
      await faults(promtool ?? '', groups, [storyUnit(story)], story.evaluationMinutes ?? 5),
    ).toBe('');
  });
});

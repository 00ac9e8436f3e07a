import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoWorld } from '../../../src/simulator/world/demo-world.ts';
import { asking, dashboards, type Panel } from '../../dashboards/model.ts';
import { tool } from '../tools.ts';
import { type Answer, answersTo } from './answers.ts';
import { type Asked, asOf, type Span } from './asking.ts';
import { type Chosen, chosen, type Option } from './choosing.ts';
import { externalUrl, historySeconds, job } from './history.ts';
import { missingFields } from './links.ts';
import { metAndUnread, numbersBesideAlerts, statesOf } from './meaning.ts';
import { page } from './preview/page.ts';
import { openWeek, type Week } from './week.ts';

const prometheusBinary = tool('PROMETHEUS');
const promtool = tool('PROMTOOL');
const possible = prometheusBinary !== undefined && promtool !== undefined;

const [overview, cluster] = dashboards;
if (overview === undefined || cluster === undefined) throw new Error('there are two dashboards');

/** Queries of the dashboards whose answer has to be empty here, by panel and letter. */
const empty: Readonly<Record<string, readonly string[]>> = {
  // It is well, and so no alert is about it.
  Cluster: ['State over time B', 'Firing alerts A'],
  Overview: [],
};

/** Chooses a cluster in the project that has one called wallet, where a variable allows one only. */
async function besideWallet(prometheus: Asked, cluster: string, { to }: Span) {
  const wallet = 'last_over_time(mongodbatlas_backup_enabled{cluster="wallet"}[15m])';
  const project = (await asOf(prometheus, wallet, to))[0]?.labels['project_id'];
  return (name: string, options: readonly Option[]) =>
    options.find(({ value }) => value === (name === 'cluster' ? cluster : project));
}

describe.skipIf(!possible)('with a week of the demo’s fleet', () => {
  let week: Week;
  let span: Span;
  const choices = new Map<string, Awaited<ReturnType<typeof chosen>>>();
  const valuesOf = (uid: string): Chosen => choices.get(uid)?.values ?? new Map();

  beforeAll(async () => {
    week = await openWeek(prometheusBinary ?? '', promtool ?? '');
    span = { from: week.end - historySeconds, to: week.end, step: 1800 };
    for (const dashboard of dashboards) {
      const ledger = await besideWallet(week.prometheus, 'ledger', span);
      choices.set(dashboard.uid, await chosen(week.prometheus, dashboard, span, ledger));
    }
  }, 300_000);

  afterAll(() => week?.prometheus.stop());

  describe.each(dashboards)('$title', (dashboard) => {
    const [, name = ''] = dashboard.title.split(' / ');

    test('each variable offers something', () => {
      const offered = [...(choices.get(dashboard.uid)?.offered ?? [])];
      expect(offered.map(([, options]) => options.length)).not.toContain(0);
      const byName = new Map(offered);
      const values = (variable: string) => byName.get(variable)?.map(({ value }) => value);
      expect(values('job')).toEqual([job]);
      expect(values('account')).toEqual(['main']);
      expect(values('exporter_url')).toEqual([externalUrl]);
    });

    test('projects of one name in two organisations are two, told apart by their ids', () => {
      const options = choices.get(dashboard.uid)?.offered.get('project') ?? [];
      const payments = options.filter(({ text }) => text === 'payments');
      expect(new Set(payments.map(({ value }) => value)).size).toBe(2);
      expect(options.every(({ value }) => /^[0-9a-f]{24}$/.test(value))).toBe(true);
    });

    test.each(asking(dashboard))('$title: every query has an answer', async (panel: Panel) => {
      const answers = await answersTo(week.prometheus, panel, valuesOf(dashboard.uid), span);
      const without = answers
        .filter(({ series }) => series.length === 0)
        .map(({ target }) => `${panel.title} ${target.refId}`);
      const expected = empty[name]?.filter((one) => one.replace(/ \w$/, '') === panel.title) ?? [];
      expect(without).toEqual(expected);
      const numbers = answers.flatMap(({ series }) =>
        series.flatMap(({ points }) => points.map(([, value]) => value)),
      );
      if (without.length < answers.length) expect(numbers.some(Number.isFinite)).toBe(true);
    });

    test('the links of its tables read fields that are there', async () => {
      const tables = asking(dashboard).filter(({ type }) => type === 'table');
      for (const panel of tables) {
        const answers = await answersTo(week.prometheus, panel, valuesOf(dashboard.uid), span);
        if (answers.some(({ series }) => series.length > 0)) {
          expect(missingFields(panel, answers)).toEqual([]);
        }
      }
    });

    test('can be drawn, to be looked at', async () => {
      const answers = new Map<number, readonly Answer[]>();
      const wallet = await besideWallet(week.prometheus, 'wallet', span);
      const { values } = await chosen(week.prometheus, dashboard, span, wallet);
      for (const panel of asking(dashboard)) {
        answers.set(panel.id, await answersTo(week.prometheus, panel, values, span));
      }
      const rename = (title: string) => title.replace('$cluster', 'wallet');
      const html = page({ dashboard, answers, span, rename });
      expect(html.match(/<section/g)).toHaveLength(asking(dashboard).length);
      const folder = process.env['DASHBOARD_PREVIEW'];
      if (folder !== undefined) writeFileSync(join(folder, `${name.toLowerCase()}.html`), html);
    });
  });

  describe('what it shows of the fleet', () => {
    const shown = () => {
      const values = valuesOf(overview.uid);
      return { prometheus: week.prometheus, overview, values, span };
    };

    test('each cluster is in one state, however many replicas tell of it', async () => {
      const all = await statesOf(shown());
      expect(new Set(all.map(({ cluster }) => cluster)).size).toBe(all.length);
      const fleet = demoWorld('any', span.to);
      const clusters = fleet.projects.flatMap(({ id }) => fleet.clusters(id));
      expect(all).toHaveLength(clusters.length);
      const wordOf = (wanted: string) => all.find(({ name }) => name === wanted)?.word;
      expect(['notifications', 'wallet', 'migration', 'billing', 'scratch'].map(wordOf)).toEqual([
        'Never taken',
        'Late',
        'Expiring',
        'Unverified',
        'Disabled',
      ]);
      expect(['reports', 'trial', 'sessions', 'sandbox'].map(wordOf)).toEqual([
        'Paused',
        'Awaiting first',
        'OK',
        'No backups',
      ]);
    });

    test('a cluster that nobody can read never counts as OK', async () => {
      // Four poll intervals of half an hour, of AtlasBackupClusterBlind, are longer than its hour.
      expect(await metAndUnread(shown(), 2 * 3600)).toEqual([]);
    });

    test('the numbers of clusters in trouble are those of the alerts', async () => {
      const pairs = await numbersBesideAlerts(shown());
      expect(pairs).toHaveLength(8);
      expect(pairs.filter(({ firing: [count = 0] }) => count > 0).length).toBeGreaterThan(6);
      for (const { number, firing } of pairs) expect(number).toEqual(firing);
    });
  });
});

import type { Dashboard, Panel } from '../../../dashboards/model.ts';
import type { Answer } from '../answers.ts';
import type { Span } from '../asking.ts';
import { escaped } from './html.ts';
import { drawnBlocks, drawnLines, linesOf } from './lines.ts';
import { drawnTable } from './rows.ts';
import { lookOf, shown } from './shown.ts';

const cell = { width: 66, height: 36, gap: 6 } as const;

const style = `
body { margin: 0; background: #f4f5f5; font: 13px/1.35 sans-serif; color: #24292e; }
h1 { font-size: 18px; margin: 10px 12px 2px; } p { margin: 0 12px 8px; color: #555; }
main { position: relative; }
.panel { position: absolute; background: #fff; border: 1px solid #e0e2e3; border-radius: 3px; box-sizing: border-box; overflow: hidden; padding: 5px 8px; }
.panel h2 { font-size: 12.5px; margin: 0 0 3px; font-weight: 600; white-space: nowrap; }
.row { position: absolute; font-size: 15px; font-weight: 600; padding: 8px 4px; }
.big { font-size: 25px; font-weight: 600; text-align: center; padding-top: 8px; white-space: nowrap; }
.absent { color: #8e8e8e; text-align: center; padding-top: 14px; }
svg text { font-size: 11px; fill: #555; } svg .on { fill: #fff; } .grid { stroke: #eceded; }
.legend { font-size: 11px; max-height: 30px; overflow: hidden; } .legend span { margin-right: 12px; }
.legend i { display: inline-block; width: 12px; height: 4px; margin-right: 4px; vertical-align: middle; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: 2px 7px; border-bottom: 1px solid #eee; white-space: nowrap; font-size: 12px; }
.bar { display: grid; grid-template-columns: 190px 1fr 80px; gap: 8px; font-size: 12px; margin: 4px 0; }
.bar b { display: block; height: 15px; }`;

export type Drawn = {
  readonly dashboard: Dashboard;
  readonly answers: ReadonlyMap<number, readonly Answer[]>;
  readonly span: Span;
  readonly rename: (title: string) => string;
};

/** A dashboard drawn from what Prometheus answered, to be looked at: it is not Grafana's picture. */
export function page({ dashboard, answers, span, rename }: Drawn): string {
  const panels = dashboard.panels.map((panel) => {
    const { x, y, w, h } = panel.gridPos;
    const width = w * cell.width - cell.gap;
    const height = h * cell.height - cell.gap;
    const place = `left:${x * cell.width + 6}px;top:${y * cell.height}px;width:${width}px;height:${height}px`;
    const title = escaped(rename(panel.title));
    if (panel.type === 'row') return `<div class="row" style="${place}">${title}</div>`;
    const inside = drawn(panel, answers.get(panel.id) ?? [], { width: width - 18, height, span });
    return `<section class="panel" style="${place}"><h2>${title}</h2>${inside}</section>`;
  });
  const bottom = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><h1>${escaped(dashboard.title)}</h1><p>Preview, drawn without Grafana, of a week of the demo’s fleet.</p><main style="height:${bottom * cell.height + 10}px">${panels.join('')}</main>`;
}

type Frame = { readonly width: number; readonly height: number; readonly span: Span };

function drawn(panel: Panel, answers: readonly Answer[], frame: Frame): string {
  if (answers.every(({ series }) => series.length === 0)) {
    return `<div class="absent">${escaped(panel.fieldConfig?.defaults.noValue ?? 'No data')}</div>`;
  }
  switch (panel.type) {
    case 'stat': {
      const value = answers[0]?.series[0]?.points.at(-1)?.[1] ?? Number.NaN;
      const { text, color } = shown(lookOf(panel, ''), value, frame.span.to);
      return `<div class="big" style="color:${color}">${escaped(text)}</div>`;
    }
    case 'table':
      return drawnTable(panel, answers, frame.span.to);
    case 'bargauge':
      return bars(panel, answers, frame);
    case 'state-timeline':
      return drawnBlocks(panel, answers, { ...frame, height: frame.height - 52 });
    case 'timeseries':
      return drawnLines(panel, answers, { ...frame, height: frame.height - 66 });
    default:
      throw new Error(`nobody has drawn a panel of type ${panel.type} yet`);
  }
}

function bars(panel: Panel, answers: readonly Answer[], { span }: Frame): string {
  const lines = linesOf(panel, answers);
  const most = Math.max(...lines.map(({ points }) => points.at(-1)?.[1] ?? 0));
  return lines
    .map(({ name, points }) => {
      const value = points.at(-1)?.[1] ?? 0;
      const { text, color } = shown(lookOf(panel, ''), value, span.to);
      return `<div class="bar"><span>${escaped(name)}</span><b style="width:${(100 * value) / most}%;background:${color}"></b><span>${escaped(text)}</span></div>`;
    })
    .join('');
}

import { palette } from '../../../../dashboards/palette.ts';
import type { Panel } from '../../../dashboards/model.ts';
import type { Answer } from '../answers.ts';
import type { Series, Span } from '../asking.ts';
import { escaped } from './html.ts';
import { inUnit, lookOf, shown } from './shown.ts';

const colours = [...Object.values(palette), '#F0E442', '#332288', '#117733', '#882255', '#44AA99'];

/** What Grafana would call a series. */
function nameOf({ labels }: Series, legend: string | undefined): string {
  if (legend !== undefined) {
    return legend.replaceAll(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? '');
  }
  return Object.values(labels).join(' ');
}

type Line = { readonly name: string; readonly points: Series['points']; readonly color: string };

export function linesOf(panel: Panel, answers: readonly Answer[]): readonly Line[] {
  return answers
    .flatMap(({ target, series }) =>
      series.map((one) => ({ name: nameOf(one, target.legendFormat), points: one.points })),
    )
    .map((line, index) => {
      const plain = colours[index % colours.length] ?? palette.plain;
      return { ...line, color: lookOf(panel, line.name).color ?? plain };
    });
}

type Frame = { readonly width: number; readonly height: number; readonly span: Span };

export function drawnLines(panel: Panel, answers: readonly Answer[], frame: Frame): string {
  const { width, height, span } = frame;
  const [left, bottom] = [70, 20];
  const look = lookOf(panel, '');
  const stacked = JSON.stringify(panel.fieldConfig?.defaults['custom'] ?? {}).includes('"normal"');
  const lines = stacked ? piled(linesOf(panel, answers)) : linesOf(panel, answers);
  const values = lines.flatMap(({ points }) =>
    points.map(([, value]) => value).filter(Number.isFinite),
  );
  const top = Math.max(...values, 1e-9);
  const base = Math.min(0, ...values);
  const x = (at: number) => left + ((at - span.from) / (span.to - span.from)) * (width - left - 8);
  const y = (value: number) =>
    height - bottom - ((value - base) / (top - base)) * (height - bottom - 10);
  const grid = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const value = base + part * (top - base);
    const text = escaped(inUnit(value, look, span.to));
    return `<line x1="${left}" x2="${width}" y1="${y(value)}" y2="${y(value)}" class="grid"/><text x="${left - 6}" y="${y(value) + 4}" text-anchor="end">${text}</text>`;
  });
  const limits = ('thresholdsStyle' in customOf(panel) ? look.steps : []).flatMap(
    ({ value, color }) =>
      value === null || value > top || value < base
        ? []
        : [
            `<line x1="${left}" x2="${width}" y1="${y(value)}" y2="${y(value)}" stroke="${color}" stroke-dasharray="6 5"/>`,
          ],
  );
  const drawn = lines.map(({ name, points, color }) => {
    const parts = gapless(points, span.step).map((run) =>
      run.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`),
    );
    const dash = lookOf(panel, name).dashed ? ' stroke-dasharray="7 5"' : '';
    const path = parts.map((run) => `M${run.join('L')}`).join('');
    return `<path d="${path}" fill="none" stroke="${color}" stroke-width="1.8"${dash}/>`;
  });
  return `<svg width="${width}" height="${height}">${grid.join('')}${limits.join('')}${drawn.join('')}${times(frame, x)}</svg>${legend(lines)}`;
}

function customOf(panel: Panel): object {
  const custom = panel.fieldConfig?.defaults['custom'];
  return typeof custom === 'object' && custom !== null ? custom : {};
}

function piled(lines: readonly Line[]): readonly Line[] {
  const sums = new Map<number, number>();
  return lines.map((line) => ({
    ...line,
    points: line.points.map(([at, value]) => {
      const sum = (sums.get(at) ?? 0) + value;
      sums.set(at, sum);
      return [at, sum] as const;
    }),
  }));
}

function gapless(points: Series['points'], step: number): readonly Series['points'][] {
  const runs: (readonly [number, number])[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (!Number.isFinite(point[1])) continue;
    if (point[0] - before > step * 1.5) runs.push([]);
    runs.at(-1)?.push(point);
    before = point[0];
  }
  return runs;
}

function times({ height, span }: Frame, x: (at: number) => number): string {
  const every = span.to - span.from > 2 * 86_400 ? 86_400 : 14_400;
  const first = Math.ceil(span.from / every) * every;
  return Array.from({ length: Math.floor((span.to - first) / every) + 1 }, (_, n) => {
    const at = first + n * every;
    const iso = new Date(at * 1000).toISOString();
    const text = every === 86_400 ? iso.slice(5, 10) : iso.slice(11, 16);
    return `<text x="${x(at)}" y="${height - 3}" text-anchor="middle">${text}</text>`;
  }).join('');
}

function legend(lines: readonly Line[]): string {
  const entries = lines.map(
    ({ name, color }) => `<span><i style="background:${color}"></i>${escaped(name)}</span>`,
  );
  return `<div class="legend">${entries.join('')}</div>`;
}

/** Blocks of time in which a value stayed the same. */
export function drawnBlocks(panel: Panel, answers: readonly Answer[], frame: Frame): string {
  const { width, height, span } = frame;
  const left = 130;
  const rows = answers.flatMap(({ target, series }) =>
    series.map((one) => ({ name: nameOf(one, target.legendFormat), points: one.points })),
  );
  const x = (at: number) => left + ((at - span.from) / (span.to - span.from)) * (width - left - 8);
  const rowHeight = (height - 24) / Math.max(1, rows.length);
  const seen = new Map<string, string>();
  const drawn = rows.map(({ name, points }, row) => {
    const look = lookOf(panel, name);
    const blocks = gapless(points, span.step).flatMap((run) =>
      run.flatMap(([at, value], index) => {
        if (index > 0 && run[index - 1]?.[1] === value) return [];
        const next = run.slice(index).find(([, other]) => other !== value)?.[0];
        const until = next ?? (run.at(-1)?.[0] ?? at) + span.step;
        const { text, color } = shown(look, value, span.to);
        if (look.mappings.length > 0) seen.set(text, color);
        const y = row * rowHeight + 2;
        const wide = Math.max(0.5, x(Math.min(until, span.to)) - x(at) - 0.6);
        const label =
          wide > 75 && look.mappings.length === 0
            ? `<text x="${x(at) + 5}" y="${y + rowHeight / 2 + 3}" class="on">${escaped(text)}</text>`
            : '';
        return [
          `<rect x="${x(at)}" y="${y}" width="${wide}" height="${rowHeight - 5}" fill="${color}" fill-opacity="0.85"/>${label}`,
        ];
      }),
    );
    return `<text x="${left - 8}" y="${row * rowHeight + rowHeight / 2 + 3}" text-anchor="end">${escaped(name)}</text>${blocks.join('')}`;
  });
  const words = [...seen].map(([name, color]) => ({ name, color, points: [] }));
  return `<svg width="${width}" height="${height}">${drawn.join('')}${times(frame, x)}</svg>${legend(words)}`;
}

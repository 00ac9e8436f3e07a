import { type PackedSnapshots, unpacked } from '../domain/packed-snapshots.ts';
import { isCompleted } from '../domain/snapshot.ts';
import { byteSize } from '../domain/units.ts';
import { type Html, html } from './html.ts';
import { tenth } from './svg.ts';

const maxPoints = 20;
const [width, height] = [64, 16];

/** The sizes of the last completed snapshots, oldest first, over a base line of 0. */
export function sparkline(listed: PackedSnapshots | undefined): Html {
  if (listed === undefined) return html``;
  const sizes = unpacked(listed)
    .filter(isCompleted)
    .toSorted((one, other) => one.takenAt - other.takenAt)
    .flatMap(({ sizeBytes }) => sizeBytes ?? [])
    .slice(-maxPoints);
  if (sizes.length < 2) return html``;
  const [min, max] = [Math.min(...sizes), Math.max(...sizes)];
  const step = width / (sizes.length - 1);
  // A pixel is left for the thickness of the line.
  const points = sizes.map((size, at) => {
    const y = height - 1 - (max === 0 ? 0 : (size / max) * (height - 2));
    return `${tenth(at * step)},${tenth(y)}`;
  });
  const line = points.join(' ');
  const label = `The last ${sizes.length}: ${byteSize(min)} to ${byteSize(max)}`;
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}"><title>${label}</title><path d="M0,${height} L${line} ${width},${height}z"/><polyline points="${line}"/></svg>`;
}

/** Every series by its name and labels. */
export type Series = Map<string, number>;

type Labels = Readonly<Record<string, string>>;

/** Of labels that were asked for before: the samples of page after page share theirs. */
const known = new WeakMap<Labels, { readonly name: string; readonly key: string }>();

export function seriesKey(name: string, labels: Labels): string {
  const before = known.get(labels);
  if (before?.name === name) return before.key;
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  const key = `${name} ${JSON.stringify(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))}`;
  known.set(labels, { name, key });
  return key;
}

const labelsByKey = new Map<string, Labels>();
const maxKeys = 50_000;

export function labelsOf(key: string): Labels {
  const before = labelsByKey.get(key);
  if (before !== undefined) return before;
  const labels: Labels = Object.fromEntries(JSON.parse(key.slice(key.indexOf(' '))));
  if (labelsByKey.size >= maxKeys) labelsByKey.clear();
  labelsByKey.set(key, labels);
  return labels;
}

/** Project and cluster of every cluster on a page, with its series. */
export function byCluster(page: Series): ReadonlyMap<string, Series> {
  const clusters = new Map<string, Series>();
  for (const [key, value] of page) {
    const { project_id, cluster } = labelsOf(key);
    if (cluster === undefined) continue;
    const name = `${project_id}/${cluster}`;
    clusters.set(name, (clusters.get(name) ?? new Map()).set(key, value));
  }
  return clusters;
}

/** Complete sets are compared: none missing, none extra, every value equal. */
export function differences(shown: Series, expected: Series) {
  return {
    missing: [...expected.keys()].filter((key) => !shown.has(key)),
    extra: [...shown.keys()].filter((key) => !expected.has(key)),
    different: [...expected]
      .filter(([key, value]) => shown.has(key) && !isClose(shown.get(key), value))
      .map(([key, value]) => `${key}: ${shown.get(key)} instead of ${value}`),
  };
}

// A median may be rounded differently; all else is whole.
function isClose(shown = Number.NaN, expected = Number.NaN): boolean {
  return Number.isInteger(expected)
    ? shown === expected
    : Math.abs(shown - expected) < 1e-12 * Math.abs(expected);
}

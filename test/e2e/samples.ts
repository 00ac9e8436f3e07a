/** One line of a metrics page. */
export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

/** Read by our own few lines, so that a fault of the writer is not repeated by its twin. */
export function samplesOf(page: string): readonly Sample[] {
  return page.split('\n').flatMap((line) => {
    if (line === '' || line.startsWith('#')) return [];
    const [, name = '', labels = '', value = ''] =
      /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
    if (name === '') throw new Error(`not a sample: ${line}`);
    const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, key = '', text = '']): [string, string] => [key, text],
    );
    return [{ name, labels: Object.fromEntries(pairs), value: numberOf(value) }];
  });
}

function numberOf(text: string): number {
  return Number(text.replace('+Inf', 'Infinity').replace('-Inf', '-Infinity'));
}

const prefix = 'mongodbatlas_backup_';

/** The values of one family, its name without the prefix, for the series that have these labels. */
export function valuesOf(
  page: string,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): readonly number[] {
  return samplesOf(page)
    .filter((sample) => sample.name === prefix + name)
    .filter((sample) => Object.entries(labels).every(([key, text]) => sample.labels[key] === text))
    .map(({ value }) => value);
}

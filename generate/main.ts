import { mkdirSync, writeFileSync } from 'node:fs';

type Generator = {
  /** Texts by their paths from the root of the repository. */
  readonly files: ReadonlyMap<string, string>;
};

/** Everything that is generated, by the script that writes it. */
export const generators: Readonly<Record<string, () => Promise<Generator>>> = {
  docs: () => import('./docs/generate.ts'),
  rules: () => import('./alerts/generate.ts'),
  chart: () => import('./chart/generate.ts'),
  dashboards: () => import('../dashboards/generate.ts'),
};

/** Writes the files of these generators. */
async function generate(names: readonly string[]): Promise<void> {
  const root = new URL('../', import.meta.url);
  for (const name of names) {
    const generator = generators[name];
    if (generator === undefined) throw new Error(`unknown generator ${name}`);
    for (const [path, text] of (await generator()).files) {
      mkdirSync(new URL('.', new URL(path, root)), { recursive: true });
      writeFileSync(new URL(path, root), text);
    }
  }
}

if (import.meta.main) await generate(process.argv.slice(2));

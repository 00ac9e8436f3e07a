import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { z } from 'zod';

/**
 * Writes down what packages are in the bundle: their licenses, which have to be passed on, and a bill
 * of materials, by which scanners know them.
 */
export const contents: Plugin = {
  name: 'contents',
  generateBundle(_options, output) {
    const modules = Object.values(output).flatMap((it) =>
      it.type === 'chunk' ? it.moduleIds : [],
    );
    const folders = modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []);
    const packages = [...new Set(folders)].toSorted().map(packageIn);
    this.emitFile({
      type: 'asset',
      fileName: 'THIRD-PARTY-LICENSES.txt',
      source: packages.map(noticeOf).join(`\n${'-'.repeat(80)}\n\n`),
    });
    this.emitFile({
      type: 'asset',
      fileName: 'sbom.cdx.json',
      source: `${JSON.stringify(billOf(packages), undefined, 2)}\n`,
    });
  },
};

const shape = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  homepage: z.string().optional(),
});

type Package = z.output<typeof shape> & { readonly texts: readonly string[] };

function packageIn(folder: string): Package {
  const text = (file: string) => readFileSync(join(folder, file), 'utf8').trim();
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
  return { ...shape.parse(JSON.parse(text('package.json'))), texts: files.map(text) };
}

function noticeOf({ name, version, license, homepage, texts }: Package): string {
  // One package names its license, and has no text of it.
  const terms = texts.length === 0 ? `Its home is ${homepage}` : texts.join('\n\n');
  return `${name} ${version} (${license})\n\n${terms}\n`;
}

/** As https://cyclonedx.org/docs/1.6/json/ describes it. */
function billOf(packages: readonly Package[]): object {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    components: packages.map(({ name, version, license }) => {
      const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
      const licenses = [{ expression: license }];
      return { type: 'library', 'bom-ref': purl, name, version, purl, licenses };
    }),
  };
}

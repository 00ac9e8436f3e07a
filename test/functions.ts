import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const control = /^(?:\} )?(?:if|else|for|while|switch|try|catch|do)\b/;

/** The functions of a file and how many lines each has, as far as its formatting tells. */
export function functionsOf(
  file: string,
): readonly { readonly at: string; readonly lines: number }[] {
  const lines = readFileSync(`${root}${file}`, 'utf8').split('\n');
  return lines.flatMap((line, nth) => {
    const code = line.trimStart();
    if (!/(?:=>|\)|\)(?: is|:) .*|\}) \{$/.test(code)) return [];
    const indent = line.slice(0, line.length - code.length);
    // Where the parameters take lines of their own, the function begins above them.
    const first = /^[)}]/.test(code)
      ? lines.findLastIndex(
          (one, n) => n < nth && /^\w/.test(one.slice(indent.length)) && one.startsWith(indent),
        )
      : nth;
    if (control.test((lines[first] ?? '').trimStart())) return [];
    const last = lines.findIndex((one, n) => n > nth && one.startsWith(`${indent}}`));
    return [{ at: `${file}:${first + 1}`, lines: last - first + 1 }];
  });
}

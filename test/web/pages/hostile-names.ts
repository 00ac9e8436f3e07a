import type { StatusView } from '../../../src/status/view.ts';
import { cluster, fleetAfter, project } from '../../domain/reports.ts';
import { completed, noon } from '../../domain/snapshots.ts';
import { viewOf } from '../views.ts';

const harm = 'alert(document.domain)';

const seeds: readonly string[] = [
  `<script>${harm}</script>`,
  `</title><script>${harm}</script>`,
  `"><script>${harm}</script>`,
  `'><svg/onload=${harm}>`,
  `<img src=x onerror=${harm}>`,
  `" onmouseover="${harm}" x="`,
  `' autofocus onfocus=${harm} '`,
  `javascript:${harm}`,
  `<iframe srcdoc="<script>${harm}</script>">`,
  `<a href="javascript:${harm}">x</a>`,
  `</main></body><script src=//evil.example></script>`,
  `<!--`,
  `]]><script>${harm}</script>`,
  '&lt;script&gt;',
  '&#60;script&#62;',
  '{{constructor.constructor("alert(1)")()}}',
  `\${alert(1)}`,
  '\u202Etxt.exe',
  '\u2028\u2029',
  '\u0000\u0007\u001b[31m',
  '\ud800',
  '../../../etc/passwd',
  '..',
  '.',
  '%2e%2e%2f',
  'a/b/c',
  'a?b#c',
  'a b\tc\nd\r\ne',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<style>*{display:none}</style>',
  '<base href="//evil.example/">',
  '<meta http-equiv="refresh" content="0;url=//evil.example">',
  '<form action=//evil.example><button>Filter</button></form>',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<template><script>alert(1)</script></template>',
  '$&$`$1',
  'x'.repeat(64),
  '😀👩‍👩‍👧‍👦',
  '＜script＞',
];

/** Two hundred names, none of which may be anything but text in a page. */
export const hostileNames: readonly string[] = Array.from({ length: 200 }, (_, n) => {
  const seed = seeds[n % seeds.length] ?? '';
  const round = Math.floor(n / seeds.length);
  return ['', `${n}`, `">${n}`, `'${n}=`, `</td>${n}`][round] + seed;
});

/** Each of them is the name of a project and of the cluster in it. */
export function hostileView(): Promise<StatusView> {
  const all = hostileNames.map((name, n) => ({ name, id: `p${n}` }));
  return viewOf(
    fleetAfter([
      {
        projects: { main: all.map(({ id, name }) => project(id, name)) },
        clusters: Object.fromEntries(
          all.map(({ id, name }) => [id, [{ ...cluster(`${id}/x`), name }]]),
        ),
        backups: Object.fromEntries(
          all.map(({ id, name }) => [`${id}/${name}`, [completed(noon)]]),
        ),
      },
    ]),
  );
}

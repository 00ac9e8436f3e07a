import { type Html, html } from '../../html/html.ts';

/** What every page says of the exporter itself. */
export type PageFacts = { readonly telemetryPath: string; readonly version: string };

export type Frame = PageFacts & {
  readonly title: string;
  /** The way from this page to the start page, as a relative address: works behind any proxy. */
  readonly root: string;
  /** How often an open page refreshes itself, in seconds. Default 30. */
  readonly refreshSeconds?: number;
};

const documentation =
  'https://github.com/mongodbatlas-backup-exporter/mongodbatlas-backup-exporter#readme';

/** Without JavaScript a page only refreshes itself while there is nothing to read yet. */
const soonSeconds = 5;

/** What every page has around its content. */
export function layout(frame: Frame, content: Html): string {
  const { title, root, telemetryPath, version, refreshSeconds = 30 } = frame;
  const unscripted = html`<noscript><meta http-equiv="refresh" content="${refreshSeconds}"></noscript>
`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}assets/style.css">
<script src="${root}assets/live.js" defer></script>
${refreshSeconds <= soonSeconds && unscripted}</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="site">
<a class="home" href="${root}">MongoDB Atlas backups</a>
<div class="live" hidden><span class="how"></span> <span role="status" class="unseen"></span> <button type="button" aria-pressed="false">Pause</button></div>
<nav aria-label="Site"><a href="${root}${telemetryPath.slice(1)}">Metrics</a> <a href="${root}api/v1/status">JSON</a> <a href="${documentation}" rel="noreferrer">Documentation</a></nav>
</header>
<main id="content" data-refresh="${refreshSeconds}">
${content}
</main>
<footer>mongodbatlas-backup-exporter ${version}</footer>
</body>
</html>
`.html;
}

import { type Html, html } from './html.ts';

export type Frame = {
  readonly title: string;
  /** The way from this page to the start page, as a relative address: works behind any proxy. */
  readonly root: string;
  readonly telemetryPath: string;
  readonly version: string;
};

/** What every page has around its content. */
export function layout({ title, root, telemetryPath, version }: Frame, content: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="${root}assets/style.css">
<script src="${root}assets/live.js" defer></script>
</head>
<body>
<header>
<a class="home" href="${root}">MongoDB Atlas backups</a>
<nav aria-label="Site"><a href="${root}${telemetryPath.slice(1)}">Metrics</a> <a href="${root}api/v1/status">JSON</a></nav>
</header>
<main>
${content}
</main>
<footer>mongodbatlas-backup-exporter ${version}</footer>
</body>
</html>
`.html;
}

/** The page at `/`: where everything is. */
export function landingPage(at: {
  readonly telemetryPath: string;
  readonly version: string;
}): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>MongoDB Atlas backup exporter</title>
</head>
<body>
<h1>MongoDB Atlas backup exporter</h1>
<ul>
<li><a href="${at.telemetryPath}">Metrics</a>, for Prometheus</li>
<li><a href="/-/healthy">Health</a>: the process lives, and its polls end</li>
<li><a href="/-/ready">Readiness</a>: the first poll has ended</li>
</ul>
<p>Version ${at.version}</p>
</body>
</html>
`;
}

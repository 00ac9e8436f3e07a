/** The path of a tool, which `.ci/run` fetches. Without it, what needs it is skipped, aloud. */
export function tool(
  variable: 'PROMTOOL' | 'PROMETHEUS' | 'HTPASSWD' | 'TINYPROXY',
): string | undefined {
  const path = process.env[variable] || undefined;
  if (path === undefined) {
    process.stderr.write(`skipped: ${variable} does not name the binary; .ci/run sets it\n`);
  }
  return path;
}

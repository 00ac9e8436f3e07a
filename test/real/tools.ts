type Variable =
  | 'ALERTMANAGER'
  | 'BUILDAH'
  | 'CHROMIUM'
  | 'DOCKER_REGISTRY'
  | 'HELM3'
  | 'HELM4'
  | 'HTPASSWD'
  | 'KUBERNETES_MODELS'
  | 'MMDEBSTRAP'
  | 'NODE_26'
  | 'PODMAN'
  | 'PROMETHEUS'
  | 'PROMTOOL'
  | 'RUNC'
  | 'SYSTEMD_ANALYZE'
  | 'TINYPROXY';

/** The path of a tool, which `.ci/run` fetches. Without it, what needs it is skipped, aloud. */
export function tool(variable: Variable): string | undefined {
  const path = process.env[variable] || undefined;
  if (path === undefined) {
    process.stderr.write(`skipped: ${variable} does not say where it is; .ci/run sets it\n`);
  }
  return path;
}

/** The paths of several, in their order; undefined when one is missing. */
export function tools(...variables: readonly Variable[]): readonly string[] | undefined {
  const paths = variables.map(tool);
  return paths.every((path) => path !== undefined) ? paths : undefined;
}

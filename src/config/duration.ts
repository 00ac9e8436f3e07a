const shape = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const unitSeconds = [31_536_000, 604_800, 86_400, 3_600, 60, 1, 0.001] as const;

/** Seconds of a duration as Prometheus writes it: `30s`, `1h30m`, `2d`. Undefined: it is none. */
export function parseDuration(text: string): number | undefined {
  const digits = text === '' ? undefined : shape.exec(text)?.slice(1);
  return digits?.reduce((sum, part, unit) => sum + Number(part ?? 0) * (unitSeconds[unit] ?? 0), 0);
}

/** Says why a text is no duration, without repeating it. */
export function durationFault(text: string): string {
  if (text.startsWith('-')) return 'must not be negative; write for example 5m';
  if (/^[+\d._]+$/.test(text)) return needsUnit;
  return 'is not a duration; write for example 30s, 5m or 1h30m';
}

export const needsUnit = 'write a unit, for example 5m';

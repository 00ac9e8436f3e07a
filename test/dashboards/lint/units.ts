/**
 * Units of Grafana's that the dashboards may use, of the list in its value formats. A unit that
 * Grafana does not know is shown behind the number as it stands, and nobody notices.
 */
export const units: readonly string[] = [
  ...['none', 'string', 'short', 'percent', 'percentunit', 'bool'],
  ...['bytes', 'decbytes', 'Bps', 'binBps'],
  ...['s', 'ms', 'm', 'h', 'd', 'dtdurations', 'dtdurationms', 'clocks'],
  ...['dateTimeAsIso', 'dateTimeAsLocal', 'dateTimeAsSystem', 'dateTimeFromNow'],
  ...['cps', 'ops', 'reqps', 'rps', 'hertz'],
];

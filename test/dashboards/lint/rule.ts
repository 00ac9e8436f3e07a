import { asking, type Dashboard, type Panel, type Target } from '../model.ts';

/** What a rule has to say of a dashboard, or of one of its panels. */
export type Finding = { readonly panel?: Panel; readonly what: string };

/** One of the rules of Grafana's dashboard-linter, by the name it has there. */
export type Rule = {
  readonly name: string;
  readonly findings: (dashboard: Dashboard) => readonly Finding[];
};

export function ofDashboard(
  name: string,
  wrong: (dashboard: Dashboard) => readonly string[],
): Rule {
  return { name, findings: (dashboard) => wrong(dashboard).map((what) => ({ what })) };
}

/** Of every panel but rows: that linter leaves out types which it does not know. */
export function ofPanel(
  name: string,
  wrong: (panel: Panel, dashboard: Dashboard) => readonly string[],
): Rule {
  return {
    name,
    findings: (dashboard) =>
      asking(dashboard).flatMap((panel) =>
        wrong(panel, dashboard).map((what) => ({ panel, what: `${panel.title}: ${what}` })),
      ),
  };
}

export function ofTarget(
  name: string,
  wrong: (target: Target, dashboard: Dashboard) => readonly string[],
): Rule {
  return ofPanel(name, ({ targets = [] }, dashboard) =>
    targets.flatMap((target) => wrong(target, dashboard).map((what) => `${target.refId}: ${what}`)),
  );
}

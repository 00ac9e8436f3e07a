import {
  DashboardLinkBuilder,
  DashboardLinkType,
  type DynamicConfigValue,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { usualSetting } from '../src/alerting/setting.ts';

export const tag = 'mongodbatlas-backup';
/** They never change: links and bookmarks hold them. */
export const uids = {
  overview: 'mongodbatlas-backup-overview',
  cluster: 'mongodbatlas-backup-cluster',
} as const;

type DataLink = { readonly title: string; readonly url: string; readonly targetBlank: boolean };

export function dataLinks(...links: readonly DataLink[]): DynamicConfigValue {
  return { id: 'links', value: links };
}

const sameSource = '${datasource:queryparam}&${job:queryparam}';

/** From the row of a cluster. */
export const toCluster: DataLink = {
  title: 'Look at this cluster',
  url: `/d/${uids.cluster}?${sameSource}&\${__url_time_range}&var-project=\${__data.fields.project_id}&var-cluster=\${__data.fields.cluster}`,
  targetBlank: false,
};

export const toExplanation: DataLink = {
  title: 'The exporter explains it',
  url: '${exporter_url:raw}/clusters/${__data.fields.project_id}/${__data.fields.cluster}',
  targetBlank: true,
};

export const toRunbook: DataLink = {
  title: 'What to do',
  url: `${usualSetting.runbooks}\${__data.fields.alertname}.md`,
  targetBlank: true,
};

/** Above the dashboard of one cluster. */
export const explained = new DashboardLinkBuilder('Explained by the exporter')
  .type(DashboardLinkType.Link)
  .icon('external link')
  .tooltip('Every number of this cluster with where it comes from; needs web.external_url')
  .url('${exporter_url:raw}/clusters/${project:raw}/${cluster:raw}')
  .targetBlank(true);

export const toOverview = new DashboardLinkBuilder('All clusters')
  .type(DashboardLinkType.Link)
  .icon('dashboard')
  .tooltip('The overview of the fleet')
  .url(`/d/${uids.overview}?${sameSource}`)
  .keepTime(true);

export const toExporter = new DashboardLinkBuilder('Page of the exporter')
  .type(DashboardLinkType.Link)
  .icon('external link')
  .tooltip('The exporter, as it sees its clusters; needs web.external_url')
  .url('${exporter_url:raw}/')
  .targetBlank(true);

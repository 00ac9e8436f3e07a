/** What the writer of rules puts into all of them. */
export type Setting = {
  /** The value of the label `job` on what Prometheus scrapes from the exporter. */
  readonly job: string;
  /** The name of an alert and `.md` are put behind it. */
  readonly runbooks: string;
};

export const usualSetting: Setting = {
  job: 'mongodbatlas-backup-exporter',
  runbooks:
    'https://github.com/mongodbatlas-backup-exporter/mongodbatlas-backup-exporter/blob/main/docs/runbooks/',
};

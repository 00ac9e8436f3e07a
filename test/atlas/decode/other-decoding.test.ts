import { describe, expect, test } from 'vitest';
import { compliancePolicy } from '../../../src/atlas/decode/compliance-policy.ts';
import { exportBucket, exportJob } from '../../../src/atlas/decode/export.ts';
import { flexRestoreJob, restoreJob } from '../../../src/atlas/decode/restore-job.ts';
import { at, decode } from './decode.ts';

const id = '6a7b9d00aaaabbbbccccdddd';
const other = '6a7b9d00aaaabbbbcccceeee';
const when = '2026-08-11T10:00:00Z';

describe('a restore job', () => {
  const job = { id, snapshotId: other, deliveryType: 'automated', deliveryUrl: [] };
  const restored = (change: object) => decode(restoreJob, { ...job, ...change }).value;
  const link = 'https://restore.example.com:27017/canary/restore.tar.gz';

  test.each<[string, object, string]>([
    ['nothing said', {}, 'running'],
    ['all flags down', { cancelled: false, failed: false, expired: false }, 'running'],
    ['a finish', { finishedAt: when }, 'finished'],
    ['a finish that is no date', { finishedAt: 'soon' }, 'running'],
    ['a failure', { failed: true, finishedAt: when }, 'failed'],
    ['a cancellation', { cancelled: true, failed: true, finishedAt: when }, 'cancelled'],
    ['a link and its end', { deliveryUrl: [link], expiresAt: when }, 'download_ready'],
    ['a link without an end', { deliveryUrl: [link] }, 'running'],
    ['a link that has expired', { deliveryUrl: [link], expiresAt: when, expired: true }, 'expired'],
    ['links that are none', { deliveryUrl: null, expiresAt: when }, 'running'],
  ])('with %s is in the right state', (_, change, state) => {
    expect(restored(change)).toMatchObject({ id, state, snapshotId: other });
  });

  test.each([
    ['pointInTime', 'point_in_time'],
    ['download', 'download'],
    ['pigeon', 'other'],
    [undefined, undefined],
  ])('delivered by %s is delivered by %s', (deliveryType, expected) => {
    expect(restored({ deliveryType })?.deliveryType).toBe(expected);
  });

  test('keeps nothing of its link', () => {
    const { value } = decode(restoreJob, { ...job, deliveryUrl: [link], expiresAt: when });
    expect(JSON.stringify(value)).not.toMatch(/canary|example/);
    const flex = { id, status: 'COMPLETED', deliveryType: 'DOWNLOAD', snapshotUrl: link };
    expect(JSON.stringify(decode(flexRestoreJob, flex).value)).not.toMatch(/canary|example/);
  });

  test.each([
    ['PENDING', 'queued'],
    ['QUEUED', 'queued'],
    ['RUNNING', 'running'],
    ['COMPLETED', 'finished'],
    ['FAILED', 'failed'],
    ['completed', 'other'],
    ['constructor', 'other'],
  ])('of a flex cluster that is %s is %s', (status, state) => {
    const flex = { id, status, deliveryType: 'DOWNLOAD', restoreFinishedDate: when };
    expect(decode(flexRestoreJob, flex).value).toEqual({
      id,
      state,
      deliveryType: 'download',
      finishedAt: at(when),
      snapshotId: undefined,
    });
  });
});

test.each([
  ['Queued', 'queued'],
  ['InProgress', 'in_progress'],
  ['Successful', 'successful'],
  ['Failed', 'failed'],
  ['Cancelled', 'cancelled'],
  ['successful', 'other'],
])('an export job that is %s is %s', (state, expected) => {
  const job = { id, state, createdAt: when, snapshotId: other, stateReason: { message: 'canary' } };
  const { value } = decode(exportJob, job);
  expect(value).toMatchObject({ id, state: expected, createdAt: at(when), snapshotId: other });
  expect(JSON.stringify(value)).not.toContain('canary');
});

test('an export bucket has an id with an underscore', () => {
  const bucket = { bucketName: 'b', cloudProvider: 'GCP' };
  expect(decode(exportBucket, { ...bucket, _id: id }).value).toEqual({
    id,
    name: 'b',
    cloudProvider: 'GCP',
  });
  expect(decode(exportBucket, { ...bucket, id }).rejected).toHaveLength(1);
});

test('a compliance policy keeps its items, and nobody behind it', () => {
  const item = {
    id,
    frequencyType: 'daily',
    frequencyInterval: 1,
    retentionUnit: 'days',
    retentionValue: 7,
  };
  const policy = {
    projectId: other,
    state: 'DISABLING',
    pitEnabled: true,
    restoreWindowDays: 3,
    scheduledPolicyItems: [item],
    onDemandPolicyItem: { ...item, frequencyType: 'ondemand' },
    authorizedEmail: 'canary@example.com',
    updatedUser: 'canary',
    updatedDate: when,
  };
  const { value, rejected } = decode(compliancePolicy, policy);
  expect(value).toMatchObject({
    projectId: other,
    state: 'disabling',
    copyProtection: false,
    pit: true,
    restoreWindowDays: 3,
    policyItems: [{ frequency: 'daily' }, { frequency: 'on_demand' }],
    updatedAt: at(when),
  });
  expect(rejected).toEqual([]);
  expect(JSON.stringify(value)).not.toContain('canary');
});

test.each([
  ['restore job', restoreJob],
  ['flex restore job', flexRestoreJob],
  ['export job', exportJob],
  ['export bucket', exportBucket],
  ['compliance policy', compliancePolicy],
])('what is no %s is rejected', (_, decoder) => {
  for (const item of [null, 5, 'x', [], {}, { id: 'x' }, { _id: 5, projectId: id }]) {
    expect(decode<unknown>(decoder, item)).toMatchObject({
      value: undefined,
      rejected: [{ reason: 'schema' }],
    });
  }
});

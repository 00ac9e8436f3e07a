import { getHeapStatistics } from 'node:v8';
import { type Family, familiesOf } from './family.ts';

/** What the process uses. A lean set: the usual one costs CPU while idle and breaks naming rules. */
export type RuntimeRow = {
  readonly cpuSeconds: number;
  readonly residentBytes: number | undefined;
  readonly heapUsedBytes: number;
  readonly heapTotalBytes: number;
  readonly startedAt: number;
};

/** Reads the process's own figures now. */
export function runtimeRow(): RuntimeRow {
  const cpu = process.cpuUsage();
  const heap = getHeapStatistics();
  return {
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    residentBytes: residentBytes(),
    heapUsedBytes: heap.used_heap_size,
    heapTotalBytes: heap.total_heap_size,
    startedAt: performance.timeOrigin / 1000,
  };
}

/** The system tells it in a file: without a free descriptor it is not known, and all else still is. */
function residentBytes(): number | undefined {
  try {
    return process.memoryUsage.rss();
  } catch {
    return undefined;
  }
}

const runtime = familiesOf<RuntimeRow>('exporter', '');

export const runtimeFamilies: readonly Family<RuntimeRow>[] = [
  runtime.counter(
    'process_cpu_seconds_total',
    'User and system CPU time of the process.',
    (row) => row.cpuSeconds,
  ),
  runtime.gauge(
    'process_resident_memory_bytes',
    'Resident memory size. Absent when it cannot be read.',
    (row) => row.residentBytes,
  ),
  runtime.gauge('process_start_time_seconds', 'Start time of the process.', (row) => row.startedAt),
  runtime.gauge(
    'nodejs_heap_size_used_bytes',
    'Used size of the JavaScript heap.',
    (row) => row.heapUsedBytes,
  ),
  runtime.gauge(
    'nodejs_heap_size_total_bytes',
    'Total size of the JavaScript heap.',
    (row) => row.heapTotalBytes,
  ),
];

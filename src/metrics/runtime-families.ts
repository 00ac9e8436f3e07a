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
    'Processor time of this process, user and system.',
    (row) => row.cpuSeconds,
  ),
  runtime.gauge(
    'process_resident_memory_bytes',
    'Resident memory of this process. Absent while the system does not tell.',
    (row) => row.residentBytes,
  ),
  runtime.gauge('process_start_time_seconds', 'When this process started.', (row) => row.startedAt),
  runtime.gauge(
    'nodejs_heap_size_used_bytes',
    'Heap of the JavaScript engine in use.',
    (row) => row.heapUsedBytes,
  ),
  runtime.gauge(
    'nodejs_heap_size_total_bytes',
    'Heap of the JavaScript engine, reserved.',
    (row) => row.heapTotalBytes,
  ),
];

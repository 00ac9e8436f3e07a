import type { SwitchableCollector } from '../domain/collectors.ts';
import type { Collector } from './collector.ts';
import { schedule } from './schedule/collector.ts';

const table: Readonly<Record<SwitchableCollector, Collector>> = { schedule };

/** Every collector with a cadence of its own. To add one, add its folder and its name above. */
export const collectors: readonly Collector[] = Object.values(table);

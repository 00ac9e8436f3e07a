import { newExporter } from '../exporter/exporter.ts';
import { newLog } from '../exporter/log.ts';
import { configurationToConnect } from './configuration.ts';
import { printed } from './output.ts';
import { progress } from './progress.ts';
import { shardFrom } from './sharing.ts';
import type { Run } from './usage.ts';

export const once: Run = async (values) => {
  const config = await configurationToConnect(values);
  const shard = shardFrom(values);
  const { show, end } = progress('Reading Atlas');
  const exporter = await newExporter({
    // The state file is the running exporter's.
    config: { ...config, state: { path: '' } },
    log: newLog(config.log),
    onProgress: show,
    shard,
  });
  try {
    exporter.poller.refreshIfDue();
    await exporter.poller.firstPoll(maxPollMs);
    end();
    const { body } = await exporter.page({ format: 'text', gzip: false });
    for await (const part of body) await printed(part);
    return exporter.poller.current().generation.polls.success ? 0 : 1;
  } finally {
    end();
    await exporter.close();
  }
};

/** The poll gives up by itself, after a few intervals of at most a day. */
const maxPollMs = 2 ** 31 - 1;

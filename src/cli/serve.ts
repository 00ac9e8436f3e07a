import { newLog } from '../log.ts';
import { bothConfigurations, configurationToConnect } from './configuration.ts';
import { startExporter, untilStopped } from './running.ts';
import { shardFrom } from './sharing.ts';
import type { Command } from './usage.ts';

export const serve: Command = {
  name: 'serve',
  takes: [],
  flags: [
    'config.file',
    'web.listen-address',
    'web.config.file',
    'shard',
    'total-shards',
    'log.level',
    'log.format',
  ],
  help: 'run the exporter (the default)',
  run: async (values) => {
    const [config, web] = await bothConfigurations(values, configurationToConnect);
    const shard = shardFrom(values);
    const log = newLog(config.log);
    const { close } = await startExporter(config, log, { web, shard });
    return untilStopped(close, log);
  },
};

import { newLog } from '../log.ts';
import { configurationToConnect } from './configuration.ts';
import { startExporter, untilStopped } from './running.ts';
import type { Command } from './usage.ts';

export const serve: Command = {
  name: 'serve',
  takes: [],
  flags: ['config.file', 'web.listen-address', 'log.level', 'log.format'],
  help: 'run the exporter (the default)',
  run: async (values) => {
    const config = await configurationToConnect(values);
    const log = newLog(config.log);
    const { close } = await startExporter(config, log);
    return untilStopped(close, log);
  },
};

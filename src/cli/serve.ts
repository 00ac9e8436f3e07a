import { newExporter } from '../exporter/exporter.ts';
import { newChangingLog } from '../exporter/log.ts';
import { bothConfigurations, configurationToReload } from './configuration.ts';
import { reloading, watchInterval } from './reloading.ts';
import { startServing, untilStopped } from './running.ts';
import { shardFrom } from './sharing.ts';
import type { Run } from './usage.ts';

export const serve: Run = async (values) => {
  let hungUp = () => undefined as unknown;
  // From the start on: without a listener, this signal ends a process.
  process.on('SIGHUP', () => hungUp());
  const watchEveryMs = watchInterval(values);
  const shard = shardFrom(values);
  const [started, web] = await bothConfigurations(values, configurationToReload);
  const { config } = started;
  const log = newChangingLog(config.log);
  const exporter = await newExporter({ config, log: log.log, shard });
  const { reload, stop } = reloading({ values, started, exporter, log, watchEveryMs });
  hungUp = reload;
  const { close } = await startServing(exporter, config, log.log, {
    web,
    reload: values['web.enable-lifecycle'] === true ? reload : undefined,
  });
  const closeAll = async () => {
    await stop();
    await close();
  };
  return untilStopped(closeAll, log.log, ['SIGHUP']);
};

// The real program, but for its intervals: no configuration may make them so short.
import { configuration } from '../../src/cli/configuration.ts';
import { startServing, untilStopped } from '../../src/cli/running.ts';
import { newExporter } from '../../src/exporter/exporter.ts';
import { newLog } from '../../src/exporter/log.ts';

const intervalSeconds = Number(process.env['INTERVAL_SECONDS']);
const read = await configuration({ 'web.listen-address': '127.0.0.1:0' });
const poll = { ...read.poll, intervalSeconds, discoveryIntervalSeconds: intervalSeconds };
const config = { ...read, poll };
const log = newLog(config.log);
const exporter = await newExporter({ config, log });
const { close } = await startServing(exporter, config, log);
process.exitCode = await untilStopped(close, log);

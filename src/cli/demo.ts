import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { formatProblems } from '../config/problem.ts';
import { systemClock } from '../domain/time.ts';
import { newExporter } from '../exporter/exporter.ts';
import { newLog } from '../exporter/log.ts';
import { demoFaults, demoWorld } from '../simulator/world/demo-world.ts';
import { webConfiguration } from './configuration.ts';
import { withFlags } from './overrides.ts';
import { startServing, untilStopped } from './running.ts';
import { seedFrom, simulatedAccount, simulator } from './simulation.ts';
import { CommandError, type Run } from './usage.ts';

export const demo: Run = async (values) => {
  const web = await webConfiguration(values);
  const atlas = await simulator({
    world: demoWorld(seedFrom(values), systemClock()),
    host: '127.0.0.1',
    port: 0,
  });
  atlas.faults.set(demoFaults);
  try {
    const config = withFlags(await demoConfig(atlas.url), values);
    const log = newLog(config.log);
    const exporter = await newExporter({ config, log });
    const { url, close } = await startServing(exporter, config, log, { web });
    process.stdout.write(welcome(atlas.url, url, config.web.telemetryPath));
    return await untilStopped(async () => {
      await close();
      await atlas.close();
    }, log);
  } catch (error) {
    await atlas.close();
    throw error;
  }
};

/** Read like any other configuration file, so that the demo shows what a real one does. */
async function demoConfig(atlasUrl: string): Promise<Config> {
  const file = [
    ...simulatedAccount('demo', atlasUrl),
    'poll: { interval: 30s, discovery_interval: 1m }',
    'objectives: { overrides: [ { match: "analytics/playground", rpo: none } ] }',
    'web: { listen_address: "127.0.0.1:10071" }',
    'log: { format: logfmt, level: warn }',
  ].join('\n');
  const loaded = await loadConfig({
    path: 'demo',
    env: {},
    readFile: async () => Buffer.from(file),
  });
  if (loaded.kind === 'invalid') throw new CommandError(formatProblems(loaded.problems), 1);
  return loaded.config;
}

function welcome(atlasUrl: string, exporterUrl: string, telemetryPath: string): string {
  return `
  MongoDB Atlas backup exporter, demo

  Status page      ${exporterUrl}/
  Metrics          ${exporterUrl}${telemetryPath}
  Simulated Atlas  ${atlasUrl}

  Try:  curl -s ${exporterUrl}${telemetryPath} | grep last_completed_age
  The fleet is live: snapshots are taken, fail and expire over time. Press Ctrl-C to stop.

`;
}

import type { Config } from './config.ts';
import { sameSettings } from './same.ts';

/** The keys whose new values a process that was started with `started` cannot take over. */
export function keysForRestart(started: Config, next: Config): readonly string[] {
  return [
    ...(sameSettings(started.web.listenAddress, next.web.listenAddress)
      ? []
      : ['web.listen_address']),
    ...(started.web.telemetryPath === next.web.telemetryPath ? [] : ['web.telemetry_path']),
  ];
}

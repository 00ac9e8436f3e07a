import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from '../config/config.ts';
import { safeError } from '../runtime/fault.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** A log whose level and format can be changed while it is in use. */
export type ChangingLog = {
  readonly log: Log;
  readonly change: (settings: LogSettings) => void;
};

type LogSettings = Pick<Config['log'], 'level' | 'format'>;

/** Logs to standard error, one event a line, as JSON or logfmt. */
export function newLog(settings: LogSettings): Log {
  return newChangingLog(settings).log;
}

export function newChangingLog({ level, format }: LogSettings): ChangingLog {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => safeError(error) },
  };
  // When its reader goes, it falls silent and the program lives.
  const stderr = pino.destination(2);
  let formatted = format;
  const lines = {
    write: (event: string) =>
      stderr.write(formatted === 'json' ? event : logfmt(JSON.parse(event))),
  };
  const log = pino(options, lines);
  return {
    log,
    change: (settings) => {
      log.level = settings.level;
      formatted = settings.format;
    },
  };
}

/** `key=value` pairs as Go programs write them; what holds a space or quote is quoted. */
export function logfmt(event: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(event).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${key}=${/^[^\s"=\\]+$/.test(text) ? text : JSON.stringify(text)}`;
  });
  return `${pairs.join(' ')}\n`;
}

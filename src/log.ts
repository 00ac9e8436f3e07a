import { type Logger, pino, stdTimeFunctions } from 'pino';
import type { Config } from './config/config.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Logs to standard error, one event a line, as JSON or logfmt. */
export function newLog({ level, format }: Config['log']): Log {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  // When its reader goes, it falls silent and the program lives.
  const stderr = pino.destination(2);
  const logfmtLines = { write: (event: string) => stderr.write(logfmt(JSON.parse(event))) };
  return pino(options, format === 'json' ? stderr : logfmtLines);
}

/** `key=value` pairs as Go programs write them; what holds a space or quote is quoted. */
export function logfmt(event: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(event).map(([key, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${key}=${/^[^\s"=\\]+$/.test(text) ? text : JSON.stringify(text)}`;
  });
  return `${pairs.join(' ')}\n`;
}

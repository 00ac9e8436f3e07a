import { writeFileSync } from 'node:fs';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { formatProblems } from '../../src/config/problem.ts';
import { liveAccess, loadWebConfig } from '../../src/exporter/web-access.ts';
import type { Access } from '../../src/web/access.ts';
import { defaultLimits } from '../../src/web/listening/limits.ts';
import { newRoutes } from './routes.ts';

/** An access whose clocks the test moves. */
export type TestedAccess = {
  readonly access: Access;
  /** Writes the web configuration anew. */
  readonly write: (lines: readonly string[]) => void;
  /** Lets the next request look at the files again. */
  readonly later: () => void;
  /** Moves the calendar. */
  readonly travel: (days: number) => void;
  readonly log: () => readonly Event[];
};

type Event = { readonly level: number; readonly msg: string; readonly [key: string]: unknown };

/** From a file `web.yaml` in the folder. */
export async function accessFrom(folder: string, lines: readonly string[]): Promise<TestedAccess> {
  const file = join(folder, 'web.yaml');
  const write = (now: readonly string[]) => writeFileSync(file, `${now.join('\n')}\n`);
  write(lines);
  const loaded = await loadWebConfig(file);
  if (loaded.kind === 'invalid') throw new Error(formatProblems(loaded.problems));
  let [passedMs, passedDays] = [0, 0];
  const events: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void events.push(line) });
  const access = liveAccess(loaded.web, {
    log,
    clock: () => Date.now() / 1000 + passedDays * 86_400,
    monotonicMs: () => passedMs,
  });
  return {
    access,
    write,
    later: () => {
      passedMs += 1_000;
    },
    travel: (days) => {
      passedDays += days;
    },
    log: () => events.map((line) => JSON.parse(line)),
  };
}

export type Secured = TestedAccess & {
  readonly port: number;
  readonly asked: { pages: unknown[] };
  readonly server: Server;
};

/** The routes behind a web configuration, listening for the length of one test. */
export async function secured(
  folder: string,
  lines: readonly string[],
  limits = defaultLimits,
): Promise<Secured> {
  const tested = await accessFrom(folder, lines);
  const { server, asked } = newRoutes({ access: tested.access, limits });
  onTestFinished(() => server.close());
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return { ...tested, asked, server: server.server, port: Number(new URL(url).port) };
}

import { mkdir } from 'node:fs/promises';
import type { UnixSeconds } from '../domain/time.ts';
import { readState, writeState } from './file.ts';
import { linesOf, rememberedIn } from './lines.ts';
import { FolderLock } from './lock.ts';
import { type Remembered, StateFault } from './remembered.ts';

/** Told of what becomes of the state file. */
export type StateEvents = {
  readonly loaded: (writtenAt: UnixSeconds) => void;
  readonly saved: (writtenAt: UnixSeconds) => void;
  readonly failed: (fault: StateFault) => void;
};

type Options = {
  readonly folder: string;
  readonly events: StateEvents;
  readonly monotonicMs: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** A disk need not take each poll of a short interval. */
const minBetweenMs = 60_000;

/** Keeps the state file of one folder. Whatever is wrong with it is told, and never thrown. */
export class StateKeeper {
  readonly #options: Options;
  readonly #lock: FolderLock;
  readonly #closed = new AbortController();
  /** A newer version wrote the file, which is not to be lost by a downgrade. */
  #isNewer = false;
  #unsaved: Remembered | undefined;
  #saving: Promise<void> | undefined;
  #savedMs = Number.NEGATIVE_INFINITY;

  constructor(options: Options) {
    this.#options = options;
    this.#lock = new FolderLock(options.folder, options.monotonicMs);
  }

  /** What the process before this one knew. Undefined: nothing that could be used. */
  async load(now: UnixSeconds): Promise<Remembered | undefined> {
    const { folder, events } = this.#options;
    const remembered = await readState(folder, (lines) => rememberedIn(lines, now)).catch(
      (fault: StateFault) => {
        this.#isNewer = fault.reason === 'version';
        events.failed(fault);
      },
    );
    if (remembered !== undefined) events.loaded(remembered.writtenAt);
    await this.#prepare().catch(events.failed);
    return remembered ?? undefined;
  }

  /** Writes it, now or when the last time is long enough ago. */
  keep(remembered: Remembered): void {
    this.#unsaved = remembered;
    this.#saving ??= this.#saveInTime().finally(() => {
      this.#saving = undefined;
    });
  }

  /** Writes what is not written yet, and lets another process have the folder. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#saving;
    await this.#save();
    await this.#lock.release().catch(() => undefined);
  }

  async #saveInTime(): Promise<void> {
    const { monotonicMs, sleep } = this.#options;
    const waitMs = Math.max(this.#savedMs + minBetweenMs - monotonicMs(), 0);
    if (waitMs > 0) await sleep(waitMs, this.#closed.signal).catch(() => undefined);
    if (!this.#closed.signal.aborted) await this.#save();
  }

  async #save(): Promise<void> {
    const { folder, events, monotonicMs } = this.#options;
    const remembered = this.#unsaved;
    if (remembered === undefined || this.#isNewer) return;
    this.#unsaved = undefined;
    this.#savedMs = monotonicMs();
    try {
      await this.#prepare();
      await writeState(folder, linesOf(remembered), { mayReplace: () => this.#prepare() });
      events.saved(remembered.writtenAt);
    } catch (error) {
      this.#unsaved ??= remembered;
      events.failed(error instanceof StateFault ? error : new StateFault('unwritable', error));
    }
  }

  /** @throws StateFault when this process cannot write there */
  async #prepare(): Promise<void> {
    try {
      await mkdir(this.#options.folder, { recursive: true, mode: 0o700 });
      if (await this.#lock.take()) return;
    } catch (error) {
      throw new StateFault('unwritable', error);
    }
    throw new StateFault('locked');
  }
}

import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** So often its owner shows that it is alive. */
const beatMs = 5_000;
/** A lock that nobody has touched for so long, by the watch of who waits, is nobody's. */
const silentMs = 30_000;

/**
 * Says who may write the files of a folder: one process, also where the folder is shared by several
 * machines, whose clocks and process ids tell nothing. Held by a file that its owner touches.
 */
export class FolderLock {
  readonly #file: string;
  readonly #id = randomUUID();
  readonly #monotonicMs: () => number;
  #held = false;
  #beating: NodeJS.Timeout | undefined;
  #seen = { what: '', sinceMs: 0 };

  constructor(folder: string, monotonicMs: () => number) {
    this.#file = join(folder, 'state.lock');
    this.#monotonicMs = monotonicMs;
  }

  /** Whether this process holds the lock, which it takes if it can. Rejects with the system's error. */
  async take(): Promise<boolean> {
    if (this.#held && (await this.#isOurs())) return true;
    this.#stopBeating();
    try {
      await writeFile(this.#file, this.#id, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      if (!(await this.#isSilent())) return false;
      await this.#takeOver();
    }
    this.#held = await this.#isOurs();
    if (this.#held) this.#beating = setInterval(() => this.#beat(), beatMs).unref();
    return this.#held;
  }

  /** Lets the next one take it. */
  async release(): Promise<void> {
    this.#stopBeating();
    if (this.#held && (await this.#isOurs())) await rm(this.#file, { force: true });
    this.#held = false;
  }

  async #isOurs(): Promise<boolean> {
    return (await contentOf(this.#file)) === this.#id;
  }

  async #isSilent(): Promise<boolean> {
    const touched = await stat(this.#file).catch(() => undefined);
    const what = `${await contentOf(this.#file)} ${touched?.mtimeMs}`;
    const nowMs = this.#monotonicMs();
    if (what !== this.#seen.what) this.#seen = { what, sinceMs: nowMs };
    return nowMs - this.#seen.sinceMs >= silentMs;
  }

  /** Of several that do so at once, the last one has it, and the others see that it is not theirs. */
  async #takeOver(): Promise<void> {
    const mine = `${this.#file}.${this.#id}`;
    await writeFile(mine, this.#id, { mode: 0o600 });
    await rename(mine, this.#file);
  }

  #beat(): void {
    const now = new Date();
    this.#isOurs()
      .then((ours) => (ours ? utimes(this.#file, now, now) : this.#stopBeating()))
      .catch(() => undefined);
  }

  #stopBeating(): void {
    clearInterval(this.#beating);
  }
}

async function contentOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

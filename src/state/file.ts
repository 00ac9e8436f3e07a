import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { newYield } from '../runtime/event-loop.ts';
import { StateFault } from './remembered.ts';

const fileName = 'state.gz';
const unfinished = `${fileName}.`;

/** Ten times what ten thousand clusters take: whatever is larger is not ours. */
const maxBytes = 512 * 2 ** 20;
const chunkLength = 64 * 1024;

type Writing = {
  /** Asked right before the file is replaced; throws when it must not be any more. */
  readonly mayReplace?: () => Promise<void>;
  /** Called after each step that reaches the system. */
  readonly after?: (step: string) => void;
};

/**
 * Writes the lines as the state file of the folder, compressed and with a checksum (gzip's). The file
 * from before is whole until the new one is: it is written beside, flushed, and renamed; then the
 * folder is flushed. Other work has its turn in between. Rejects with the system's error.
 */
export async function writeState(
  folder: string,
  lines: Iterable<string>,
  { mayReplace = async () => undefined, after = () => undefined }: Writing = {},
): Promise<void> {
  await removeUnfinished(folder);
  const beside = join(folder, `${unfinished}${randomUUID()}`);
  try {
    await writeFile(beside, lines, after);
    await mayReplace();
    await rename(beside, join(folder, fileName));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  after('rename');
  await syncFolder(folder);
  after('sync folder');
}

/** What a process left behind that was killed; only one at a time writes in a folder. */
async function removeUnfinished(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(unfinished));
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
}

async function writeFile(
  path: string,
  lines: Iterable<string>,
  after: (step: string) => void,
): Promise<void> {
  const file = await open(path, 'w', 0o600);
  after('open');
  try {
    await pipeline(inChunks(lines), createGzip({ level: 1 }), async (packed) => {
      for await (const bytes of packed) {
        await file.writeFile(bytes);
        after('write');
      }
    });
    await file.sync();
    after('sync');
  } finally {
    await file.close();
  }
  after('close');
}

async function* inChunks(lines: Iterable<string>): AsyncGenerator<string> {
  const yielded = newYield();
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < chunkLength) continue;
    yield chunk;
    chunk = '';
    await yielded();
  }
  yield chunk;
}

/** Without it a crash of the machine may undo the renaming. Not every system can. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().catch(() => undefined);
  await handle.close();
}

/** The lines of the state file of a folder. Undefined: there is none. @throws StateFault */
export async function readState<T>(
  folder: string,
  read: (lines: AsyncIterable<string>) => Promise<T>,
  limits = { maxUnpackedBytes: 4 * 2 ** 30 },
): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(join(folder, fileName), 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new StateFault('unreadable', error);
  }
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw new StateFault('unreadable');
    if (facts.size > maxBytes) throw new StateFault('too_large');
    return await read(linesIn(await file.readFile(), limits.maxUnpackedBytes));
  } catch (error) {
    throw error instanceof StateFault ? error : new StateFault(reasonOf(error), error);
  } finally {
    await file.close();
  }
}

async function* linesIn(packed: Uint8Array, maxUnpackedBytes: number): AsyncGenerator<string> {
  const unpacking = createGunzip().setEncoding('utf8');
  unpacking.end(packed);
  let rest = '';
  let left = maxUnpackedBytes;
  for await (const text of unpacking) {
    left -= text.length;
    if (left < 0) throw new StateFault('too_large');
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') throw new StateFault('torn');
}

/** What the system refuses has a system call; all else is about the content. */
function reasonOf(error: unknown): 'unreadable' | 'torn' {
  return error instanceof Error && 'syscall' in error ? 'unreadable' : 'torn';
}

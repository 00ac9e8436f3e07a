import { readFile } from 'node:fs/promises';
import { contentDigest } from '../config/hash.ts';

export type WatchOptions = {
  readonly file: string;
  readonly everyMs: number;
  /** The content that was read last, if the configuration in use is made of it. */
  readonly inUse: () => string | undefined;
  readonly changed: () => Promise<unknown>;
};

/**
 * Looks at a file every so often and tells when its content is not the one in use: by its bytes,
 * because a mounted ConfigMap changes by a symbolic link, and its times say nothing. Until it is in
 * use, it is told at every look. Returns what ends it.
 */
export function watchContent({ file, everyMs, inUse, changed }: WatchOptions): () => void {
  let looking = false;
  const look = async () => {
    if (looking) return;
    looking = true;
    const digest = await readFile(file).then(contentDigest, () => undefined);
    if (digest !== inUse()) await changed();
    looking = false;
  };
  const timer = setInterval(() => void look(), everyMs).unref();
  return () => clearInterval(timer);
}

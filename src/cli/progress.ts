import type { WriteStream } from 'node:tty';

/** Shows how far long work has come, on a terminal only. */
export type Progress = {
  readonly show: (done: number, total: number) => void;
  /** Takes the line away again. */
  readonly end: () => void;
};

const width = 24;
const clearLine = '\r\u001b[K';

export function progress(
  what: string,
  stream: Pick<WriteStream, 'write' | 'isTTY'> = process.stderr,
): Progress {
  if (!stream.isTTY) return { show: () => undefined, end: () => undefined };
  return {
    show: (done, total) => {
      const filled = total === 0 ? 0 : Math.round((done / total) * width);
      const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
      stream.write(`${clearLine}${what} ${bar} ${done} of ${total}`);
    },
    end: () => {
      stream.write(clearLine);
    },
  };
}

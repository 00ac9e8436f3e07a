import { promisify } from 'node:util';
import { constants, crc32, deflateRawSync, inflateRaw } from 'node:zlib';
import { runInBatches } from '../runtime/event-loop.ts';
import { type Format, formats, headerLines } from './encoding.ts';
import type { FamilyFacts } from './family.ts';
import { type LineWriter, lineWriter, newScratchBuffer } from './lines.ts';

/** Compressed text that can be continued: by more of it, or by the rest of a gzip member. */
export type PackedText = {
  /** Raw deflate, every piece ended by a full flush: pieces stand alone, and can be joined. */
  readonly deflated: Buffer;
  /** The same as a part of a gzip member: what is kept comes first, behind the header. */
  readonly member: Buffer;
  /** Where in it each piece ends. */
  readonly ends: readonly number[];
  /** CRC-32 of all text up to its end, what it continues included. */
  readonly crc: number;
  /** Length of the text itself. */
  readonly bytes: number;
};

/** Text that stays as it is for as long as the generation does. */
export type CompressedText = Readonly<Record<Format, PackedText>>;

/** Takes families one after another, and compresses them. */
export type TextCompressor = {
  /** For the lines of its samples, until the next one begins. Without any, nothing is kept. */
  readonly begin: (family: FamilyFacts) => LineWriter;
  /** Once, when all families are there. */
  readonly compressed: () => CompressedText;
};

/** Half the time of the default level, for a page that is less than a tenth longer. */
const compressionLevel = 3;

const inflate = promisify(inflateRaw);

// RFC 1952: magic, deflate, no flags, no time, no extra flags, unknown system.
const gzipHeader = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);

export function textCompressor(): TextCompressor {
  const packers = {
    text: packer({ header: gzipHeader }),
    openmetrics: packer({ header: gzipHeader }),
  };
  let above: FamilyFacts | undefined;
  // Samples are compressed once for both formats; only the lines above them differ.
  const lines = lineWriter((samples) => {
    const deflated = deflate(samples, compressionLevel);
    for (const format of formats) {
      const { add } = packers[format];
      if (above !== undefined) {
        const header = Buffer.from(headerLines(above, format));
        add(header, deflate(header, compressionLevel));
      }
      add(samples, deflated);
    }
    above = undefined;
  });
  return {
    begin: (family) => {
      lines.end();
      above = family;
      return lines;
    },
    compressed: () => {
      lines.end();
      return { text: packers.text.packed(), openmetrics: packers.openmetrics.packed() };
    },
  };
}

/** Text that is needed once, compressed as it is produced. It continues `before`. */
export async function packedText(
  before: PackedText,
  produce: (lines: LineWriter) => Generator<void, void>,
): Promise<PackedText> {
  const { add, packed } = packer({ crcBefore: before.crc });
  const scratchBuffer = spareBuffer ?? newScratchBuffer();
  spareBuffer = undefined;
  const lines = lineWriter(
    (text) => add(text, deflate(text, constants.Z_BEST_SPEED)),
    scratchBuffer,
  );
  await runInBatches(produce(lines));
  lines.end();
  spareBuffer = scratchBuffer;
  return packed();
}

/** Of the last text that was needed once, while no other is being written. */
let spareBuffer: Buffer | undefined;

/** Texts that somebody still holds, or that are being unpacked. Nothing else keeps them. */
const unpacked = new WeakMap<PackedText, WeakRef<Buffer> | Promise<Buffer>>();

/**
 * The text again; all who want it at the same time share it, so that clients who do not take their
 * answer cost no memory each.
 */
export async function unpackedText(packed: PackedText): Promise<Buffer> {
  const found = unpacked.get(packed);
  const held = found instanceof WeakRef ? found.deref() : await found;
  if (held !== undefined) return held;
  const making = joined(packed);
  unpacked.set(packed, making);
  const text = await making;
  unpacked.set(packed, new WeakRef(text));
  return text;
}

async function joined({ deflated, ends, bytes }: PackedText): Promise<Buffer> {
  const text = Buffer.allocUnsafeSlow(bytes);
  let [start, length] = [0, 0];
  for (const end of ends) {
    const part = deflated.subarray(start, end);
    const piece = await inflate(part, { finishFlush: constants.Z_SYNC_FLUSH });
    length += piece.copy(text, length);
    start = end;
  }
  return text;
}

// Here and now: a piece is done in half a millisecond, and asking another thread costs as much again.
function deflate(text: Buffer, level: number): Buffer {
  return deflateRawSync(text, { level, finishFlush: constants.Z_FULL_FLUSH });
}

function packer({ crcBefore = 0, header = Buffer.alloc(0) }) {
  const parts: Buffer[] = [];
  const ends: number[] = [];
  let [crc, bytes, length] = [crcBefore, 0, 0];
  return {
    add: (text: Buffer, deflated: Buffer) => {
      crc = crc32(text, crc);
      bytes += text.length;
      length += deflated.length;
      parts.push(deflated);
      ends.push(length);
    },
    packed: (): PackedText => {
      const member = Buffer.concat([header, ...parts], header.length + length);
      return { member, deflated: member.subarray(header.length), ends, crc, bytes };
    },
  };
}

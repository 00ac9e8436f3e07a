import { numeral } from './encoding.ts';

/** Takes the lines of a page, as bytes: text made of millions of lines would be mostly garbage. */
export type LineWriter = {
  /** Whole lines as they are. */
  readonly text: (lines: string) => void;
  /**
   * The line of one sample: the name with its opening brace, the labels of its subject, those of its
   * own or '', and its value.
   */
  readonly sample: (name: Buffer, subject: Buffer, own: string, value: number) => void;
  /** What is left; at the end. */
  readonly end: () => void;
};

/** About so much is handed over at once. */
const pieceLength = 256 * 1024;

/** What lines are collected in. Asking for the memory takes longer than filling it with a small page. */
export function newScratchBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(pieceLength);
}

/** The longest numeral: -1.2345678901234567e-300. */
const numeralLength = 24;
const maxBytesOfAUnit = 3;
const billion = 1e9;

/**
 * `take` gets whole lines, many at a time, and the bytes only until it returns: they are collected in
 * `scratchBuffer`, which nobody else may use until then.
 */
export function lineWriter(
  take: (piece: Buffer) => void,
  scratchBuffer = newScratchBuffer(),
): LineWriter {
  let buffer = scratchBuffer;
  let end = 0;
  const handOver = () => {
    if (end > 0) take(buffer.subarray(0, end));
    end = 0;
  };
  const makeRoom = (length: number) => {
    if (end + length <= buffer.length) return;
    handOver();
    if (length > buffer.length) buffer = Buffer.allocUnsafeSlow(length);
  };
  const bytes = (some: Buffer) => {
    buffer.set(some, end);
    end += some.length;
  };
  return {
    text: (lines) => {
      makeRoom(lines.length * maxBytesOfAUnit);
      end += buffer.write(lines, end);
    },
    sample: (name, subject, own, value) => {
      makeRoom(name.length + subject.length + own.length * maxBytesOfAUnit + numeralLength + 4);
      bytes(name);
      bytes(subject);
      if (own !== '') {
        buffer[end++] = comma;
        end += buffer.write(own, end);
      }
      buffer[end++] = brace;
      buffer[end++] = space;
      end = writtenNumeral(buffer, end, value);
      buffer[end++] = newline;
    },
    end: handOver,
  };
}

const [comma, brace, space, newline, zero] = [0x2c, 0x7d, 0x20, 0x0a, 0x30] as const;

/** Where it ends. Moments, counts and sizes need no string, which is what most values are. */
function writtenNumeral(buffer: Buffer, at: number, value: number): number {
  if (!(Number.isInteger(value) && value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
    return at + buffer.write(numeral(value), at);
  }
  if (value < billion) return writtenDigits(buffer, at, value, digitsOf(value));
  const billions = Math.floor(value / billion);
  const end = writtenDigits(buffer, at, billions, digitsOf(billions));
  return writtenDigits(buffer, end, value % billion, 9);
}

function digitsOf(value: number): number {
  let digits = 1;
  for (let bound = 10; value >= bound; bound *= 10) digits += 1;
  return digits;
}

/** Of a number below a billion, so that the machine's whole numbers do. */
function writtenDigits(buffer: Buffer, at: number, value: number, digits: number): number {
  let rest = value | 0;
  for (let place = at + digits - 1; place >= at; place -= 1) {
    const tenth = (rest / 10) | 0;
    buffer[place] = zero + rest - tenth * 10;
    rest = tenth;
  }
  return at + digits;
}

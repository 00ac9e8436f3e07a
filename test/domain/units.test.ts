import { expect, test } from 'vitest';
import { byteSize, duration } from '../../src/domain/units.ts';

test.each([
  [0, '0s'],
  [0.4, '0s'],
  [-0.4, '0s'],
  [59, '59s'],
  [60, '1m 0s'],
  [3_599, '59m 59s'],
  [3_600, '1h 0m'],
  [86_399, '23h 59m'],
  [90_061, '1d 1h'],
  [86_400 * 400, '400d 0h'],
  [-7_260, '-2h 1m'],
])('%d seconds are written %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_610_612_736, '1.5 GiB'],
  [2 ** 50 * 3, '3.0 PiB'],
  [2 ** 60, '1024.0 PiB'],
])('%d bytes are written %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});

import { expect, test } from 'vitest';
import { byteSize, distance, duration, span } from '../../src/domain/units.ts';

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
  [86_400 * 60, '60d 0h'],
  [86_400 * 60 + 1, '2mo'],
  [86_400 * 90, '3mo'],
  [86_400 * 364, '1y'],
  [86_400 * 400, '1y 1mo'],
  [86_400 * 730, '2y'],
  [-86_400 * 90, '-3mo'],
  [-7_260, '-2h 1m'],
])('%d seconds are written %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [3_600, '1h'],
  [86_400 * 1.5, '1d 12h'],
  [86_400 * 90, '90d'],
])('%d seconds that somebody configured are written %s', (seconds, text) => {
  expect(span(seconds)).toBe(text);
});

test.each([
  [0.6, 'just now'],
  [-7_260, '2h 1m ago'],
  [90_061, 'in 1d 1h'],
  [-86_400 * 90, '3mo ago'],
])('%d seconds away are written %s', (seconds, text) => {
  expect(distance(seconds)).toBe(text);
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

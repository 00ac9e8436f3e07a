import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBaseUrl, parseExternalUrl } from '../../src/config/base-url.ts';
import { parseDuration } from '../../src/config/duration.ts';
import { parseListenAddress } from '../../src/config/listen-address.ts';

test.each([
  ['30s', 30],
  ['5m', 300],
  ['1h30m', 5_400],
  ['2d', 172_800],
  ['1w', 604_800],
  ['1y', 31_536_000],
  ['500ms', 0.5],
  ['0s', 0],
  ['5', undefined],
  ['', undefined],
  ['30s5m', undefined],
  ['5m5m', undefined],
  ['1.5h', undefined],
  ['5M', undefined],
  [' 5m', undefined],
  ['5m\n', undefined],
])('the duration %j is %j seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test('a duration is the sum of its parts', () => {
  const part = fc.nat({ max: 999 });
  fc.assert(
    fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
      expect(parseDuration(`${days}d${hours}h${minutes}m${seconds}s`)).toBe(
        ((days * 24 + hours) * 60 + minutes) * 60 + seconds,
      );
    }),
  );
});

test.each([
  ['https://cloud.mongodb.com', 'https://cloud.mongodb.com'],
  ['https://cloud.mongodb.com/', 'https://cloud.mongodb.com'],
  ['HTTPS://Cloud.MongoDB.com:443', 'https://cloud.mongodb.com'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['http://127.9.9.9', 'http://127.9.9.9'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['https://10.0.0.1', 'https://10.0.0.1'],
])('the base URL %s is kept as %s', (text, origin) => {
  expect(parseBaseUrl(text)).toEqual({ value: origin });
});

test.each([
  'http://[::]:80',
  'http://0.0.0.0',
  'http://localhost.example.com',
  'http://126.0.0.1',
  'http://128.0.0.1',
  'https://169.254.0.1',
  'http://169.254.169.254',
  'https://2852039166',
  'https://[feb0::1]',
  'https://[fd00:ec2::254]',
  'https://metadata.google.internal.',
  'https://@',
  'https://user@cloud.mongodb.com',
  'https://:password@cloud.mongodb.com',
  'https://cloud.mongodb.com?',
  'https://cloud.mongodb.com#',
  'https://cloud.mongodb.com//',
  'javascript:alert(1)',
  'file:///etc/passwd',
  '//cloud.mongodb.com',
])('the base URL %s is refused', (text) => {
  expect(parseBaseUrl(text)).toHaveProperty('refused');
});

test.each([
  ['', ''],
  ['https://example.com', 'https://example.com'],
  ['http://example.com/backups//', 'http://example.com/backups'],
])('links start with %j for the external URL %j', (text, kept) => {
  expect(parseExternalUrl(text)).toEqual({ value: kept });
});

test.each([
  ['0.0.0.0:10071', '0.0.0.0', 10_071],
  [':10071', '0.0.0.0', 10_071],
  ['[::1]:80', '::1', 80],
  ['[::]:0', '::', 0],
  ['localhost:65535', 'localhost', 65_535],
  ['exporter.internal:1', 'exporter.internal', 1],
])('the server listens on %s at host %s and port %i', (text, host, port) => {
  expect(parseListenAddress(text)).toEqual({ value: { host, port } });
});

test.each([
  '',
  ':',
  '80',
  'a:',
  'a:b',
  'a:-1',
  'a: 1',
  'a:999999',
  '1.2.3:80',
  '::1:80',
  '[a]:80',
  '-a:80',
  'http://a:80',
])('the server cannot listen on %j', (text) => {
  expect(parseListenAddress(text)).toHaveProperty('refused');
});

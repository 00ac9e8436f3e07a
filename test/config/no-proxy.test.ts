import { describe, expect, test } from 'vitest';
import { goesDirectly } from '../../src/config/no-proxy.ts';

/** The list, a host and port, and whether Go's httpproxy leaves the proxy out. */
const rules: readonly (readonly [string, string, boolean])[] = [
  // Nothing, and nothing that can be read, exempts nothing.
  ['', 'cloud.mongodb.com:443', false],
  [' , ,', 'cloud.mongodb.com:443', false],
  [':443', 'cloud.mongodb.com:443', false],
  ['/8', 'cloud.mongodb.com:443', false],
  ['.', 'cloud.mongodb.com:443', false],
  // A domain stands for itself and its subdomains.
  ['mongodb.com', 'mongodb.com:443', true],
  ['mongodb.com', 'cloud.mongodb.com:443', true],
  ['mongodb.com', 'a.b.mongodb.com:443', true],
  ['mongodb.com', 'notmongodb.com:443', false],
  ['mongodb.com', 'mongodb.com.example.net:443', false],
  ['com', 'cloud.mongodb.com:443', true],
  ['cloud.mongodb.com', 'mongodb.com:443', false],
  ['example.net, mongodb.com', 'cloud.mongodb.com:443', true],
  ['example.net,  MongoDB.COM  ', 'cloud.mongodb.com:443', true],
  ['example.net mongodb.com', 'cloud.mongodb.com:443', false],
  // With a dot or star before it, for its subdomains alone.
  ['.mongodb.com', 'cloud.mongodb.com:443', true],
  ['.mongodb.com', 'mongodb.com:443', false],
  ['*.mongodb.com', 'cloud.mongodb.com:443', true],
  ['*.mongodb.com', 'mongodb.com:443', false],
  ['*mongodb.com', 'cloud.mongodb.com:443', false],
  ['cloud.*.com', 'cloud.mongodb.com:443', false],
  // A star alone for everything.
  ['*', 'cloud.mongodb.com:443', true],
  ['example.net,*', '203.0.113.7:443', true],
  // A port limits the entry to it.
  ['mongodb.com:443', 'cloud.mongodb.com:443', true],
  ['mongodb.com:443', 'cloud.mongodb.com:8443', false],
  ['mongodb.com:8443', 'cloud.mongodb.com:443', false],
  ['.mongodb.com:443', 'cloud.mongodb.com:443', true],
  ['mongodb.com:', 'cloud.mongodb.com:443', true],
  ['*:443', 'cloud.mongodb.com:443', false],
  // Addresses.
  ['203.0.113.7', '203.0.113.7:443', true],
  ['203.0.113.7', '203.0.113.8:443', false],
  ['203.0.113.7:443', '203.0.113.7:443', true],
  ['203.0.113.7:80', '203.0.113.7:443', false],
  ['203.0.113', '203.0.113.7:443', false],
  ['2001:db8::7', '2001:db8::7:443', true],
  ['2001:DB8:0:0::7', '2001:db8::7:443', true],
  ['[2001:db8::7]:443', '2001:db8::7:443', true],
  ['[2001:db8::7]:80', '2001:db8::7:443', false],
  ['[2001:db8::7]', '2001:db8::7:443', true],
  // Ranges of them.
  ['203.0.113.0/24', '203.0.113.7:443', true],
  ['203.0.113.9/24', '203.0.113.7:443', true],
  ['203.0.113.0/29', '203.0.113.8:443', false],
  ['0.0.0.0/0', '203.0.113.7:443', true],
  ['0.0.0.0/0', 'cloud.mongodb.com:443', false],
  ['203.0.113.0/33', '203.0.113.7:443', false],
  ['203.0.113.0/24:443', '203.0.113.7:443', false],
  ['2001:db8::/32', '2001:db8::7:443', true],
  ['2001:db8::/32', '2001:db9::7:443', false],
  // What runs on this machine needs no entry.
  ['', 'localhost:443', true],
  ['', '127.0.0.1:443', true],
  ['', '127.8.9.10:443', true],
  ['', '::1:443', true],
  ['', 'localhost.example.net:443', false],
  ['', '128.0.0.1:443', false],
  // Names in other scripts, as DNS writes them.
  ['bücher.example', 'shop.xn--bcher-kva.example:443', true],
];

describe('NO_PROXY', () => {
  test.each(rules)('%j for %s: goes directly: %s', (noProxy, place, expected) => {
    const at = place.lastIndexOf(':');
    const destination = { host: place.slice(0, at), port: place.slice(at + 1) };
    expect(goesDirectly(noProxy, destination)).toBe(expected);
  });
});

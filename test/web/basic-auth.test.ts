import { hashSync } from 'bcryptjs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newBasicAuth, type Users } from '../../src/web/basic-auth.ts';
import { stopwatch, workOf } from '../stopwatch.ts';

const cost = 4;
const hashOf = (password: string, rounds = cost) => ({
  text: hashSync(password, rounds),
  cost: rounds,
});
const header = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const here = () => false;

/** Asks with credentials; the users may be changed. */
function asking(users: Users) {
  const state = { users };
  const admits = newBasicAuth(() => state.users);
  return {
    state,
    admits,
    as: (user: string, password: string) => admits(header(user, password), here),
  };
}

const alice = new Map([['alice', hashOf('opensesame')]]);

describe('basic authentication', () => {
  test('admits anybody when there are no users', async () => {
    expect(await newBasicAuth(() => new Map())(undefined, here)).toBe('admitted');
  });

  test.each([
    ['the password', header('alice', 'opensesame'), 'admitted'],
    [
      'a scheme in other case and more space',
      header('alice', 'opensesame').replace('Basic', 'bAsIc  '),
      'admitted',
    ],
    ['another password', header('alice', 'opensesam'), 'refused'],
    ['an empty password', header('alice', ''), 'refused'],
    ['the hash as password', header('alice', alice.get('alice')?.text ?? ''), 'refused'],
    ['an unknown user', header('bob', 'opensesame'), 'refused'],
    ['a name of every object', header('constructor', 'opensesame'), 'refused'],
    ['the name in other case', header('Alice', 'opensesame'), 'refused'],
    ['no colon', `Basic ${Buffer.from('alice').toString('base64')}`, 'refused'],
    [
      'bytes that are no text',
      `Basic ${Buffer.from([0xff, 0x3a, 0xfe]).toString('base64')}`,
      'refused',
    ],
    ['no base64', 'Basic alice:opensesame', 'refused'],
    ['another scheme', header('alice', 'opensesame').replace('Basic', 'Bearer'), 'refused'],
    ['nothing', undefined, 'refused'],
  ])('%s, twice over', async (_what, authorization, verdict) => {
    const { admits } = asking(alice);
    expect(await admits(authorization, here)).toBe(verdict);
    expect(await admits(authorization, here)).toBe(verdict);
  });

  test.each(['2a', '2b', '2y'])('knows hashes that begin with %s', async (version) => {
    const { text } = hashOf('ünï:çødé');
    const { as } = asking(new Map([['u', { text: text.replace('2b', version), cost }]]));
    expect(await as('u', 'ünï:çødé')).toBe('admitted');
    expect(await as('u', 'ünï')).toBe('refused');
  });

  test('does not take one split of user and password for another', async () => {
    const users = new Map([
      ['a', hashOf('b:c')],
      ['d', hashOf('e')],
    ]);
    const { as, admits } = asking(users);
    expect(await as('a', 'b:c')).toBe('admitted');
    expect(await as('a:b', 'c')).toBe('admitted'); // on the wire this is the same: RFC 7617
    for (const [user, password] of [
      ['ab', ':c'],
      ['a"', 'b:c'],
      ['', 'a:b:c'],
      ['d', 'b:c'],
    ] as const) {
      expect(await as(user, password)).toBe('refused');
    }
    expect(await admits(header('a', 'b:c'), here)).toBe('admitted');
  });

  test('cannot be made to remember the failure of one as that of another', async () => {
    const { as } = asking(alice);
    const hash = alice.get('alice')?.text ?? '';
    // Written one after the other these are all the same.
    for (const [user, password] of [
      [`alice${hash}opensesame`, ''],
      [`alice${hash}open`, 'sesame'],
      ['', `alice${hash}opensesame`],
      [`alice","${hash}","opensesame`, ''],
    ] as const) {
      expect(await as(user, password)).toBe('refused');
    }
    expect(await as('alice', 'opensesame')).toBe('admitted');
  });

  test('after any requests the verdict is what bcrypt says', async () => {
    const words = ['a', 'b', 'a"', '","', 'a,b', '\u0000', 'é', ''];
    const users = new Map([
      ['a', hashOf('b')],
      ['a"', hashOf('","')],
      ['a,b', hashOf('')],
    ]);
    const right = new Set(['a b', 'a" ","', 'a,b ']);
    const { as } = asking(users);
    const word = fc.constantFrom(...words);
    await fc.assert(
      fc.asyncProperty(word, word, async (user, password) => {
        const verdict = right.has(`${user} ${password}`) ? 'admitted' : 'refused';
        expect(await as(user, password)).toBe(verdict);
      }),
      { numRuns: 150 },
    );
  });

  test('forgets what it has verified when the hash changes or the user goes', async () => {
    const { state, as } = asking(alice);
    expect(await as('alice', 'opensesame')).toBe('admitted');
    expect(await as('alice', 'changed')).toBe('refused');
    state.users = new Map([['alice', hashOf('changed')]]);
    expect(await as('alice', 'opensesame')).toBe('refused');
    expect(await as('alice', 'changed')).toBe('admitted');
    state.users = new Map([['bob', hashOf('x')]]);
    expect(await as('alice', 'changed')).toBe('refused');
  });

  test('goes on admitting who is verified while wrong passwords flood it, and turns most away', async () => {
    const { as } = asking(new Map([['alice', hashOf('opensesame', 8)]]));
    expect(await as('alice', 'opensesame')).toBe('admitted');
    const flood = Array.from({ length: 300 }, (_, n) => as('alice', `guess ${n}`));
    const spent = stopwatch();
    expect(await as('alice', 'opensesame')).toBe('admitted');
    expect(spent().worked).toBeLessThan(1_000);
    const verdicts = await Promise.all(flood);
    expect(verdicts.filter((one) => one === 'busy').length).toBeGreaterThan(200);
    expect(verdicts).not.toContain('admitted');
    expect(await as('alice', 'opensesame')).toBe('admitted');
  });

  test('compares once for many requests with the same credentials', async () => {
    const { as } = asking(new Map([['alice', hashOf('opensesame', 10)]]));
    const one = await workOf(() => as('alice', 'opensesame').then(() => as('alice', 'no')));
    const { as: again } = asking(new Map([['alice', hashOf('opensesame', 10)]]));
    const all = () => Promise.all(Array.from({ length: 40 }, () => again('alice', 'opensesame')));
    expect(await workOf(all)).toBeLessThan(one * 8);
    expect(new Set(await all())).toEqual(new Set(['admitted']));
  });

  test('does not compare for whom has gone', async () => {
    const { admits } = asking(new Map([['alice', hashOf('opensesame', 12)]]));
    const gone = () => admits(header('alice', String(Math.random())), () => true);
    const waited = await workOf(() => Promise.all(Array.from({ length: 40 }, gone)));
    expect(waited).toBeLessThan(1_000);
  });
});

describe('the time of a refusal', () => {
  test('is that of a comparison, whether the user is known or not, and does not tell which', async () => {
    const { as } = asking(new Map([['alice', hashOf('opensesame', 8)]]));
    const times: Record<'alice' | 'bob', number[]> = { alice: [], bob: [] };
    for (let n = 0; n < 8; n += 1) {
      for (const user of ['alice', 'bob'] as const) {
        times[user].push(await workOf(() => as(user, `guess ${n}`)));
      }
    }
    const [known, unknown] = [Math.min(...times.alice), Math.min(...times.bob)];
    // Without a comparison it is a fraction of a millisecond.
    expect(Math.min(known, unknown)).toBeGreaterThan(5);
    expect(known / unknown).toBeGreaterThan(0.6);
    expect(known / unknown).toBeLessThan(1.7);
  });

  test('of unknown users is that of one or another user where costs differ', async () => {
    const { as } = asking(
      new Map([
        ['cheap', hashOf('x', 4)],
        ['dear', hashOf('x', 9)],
      ]),
    );
    const times: number[] = [];
    for (let n = 0; n < 16; n += 1) times.push(await workOf(() => as(`nobody ${n}`, 'x')));
    expect(Math.min(...times)).toBeLessThan(8);
    expect(Math.max(...times)).toBeGreaterThan(10);
  });
});

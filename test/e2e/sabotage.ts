// Loaded into the real program before it starts: makes the fault that SABOTAGE names.

const canary = 'canary-secret-7f3a';

const acts: Readonly<Record<string, () => unknown>> = {
  rejection: () => Promise.reject(faultWith(canary)),
  rejection_without_reason: () => Promise.reject(),
  exception: () => {
    throw faultWith(canary);
  },
};

function faultWith(secret: string): Error {
  const cause = new Error(`Bearer ${secret}`);
  return Object.assign(new TypeError(`"${secret}" is no header`, { cause }), { input: secret });
}

const fail = () => {
  throw faultWith(canary);
};

const by = process.env['SABOTAGE'] ?? '';
const act = acts[by];
// Every request to Atlas fails in code of our own, which goes through the parts of its path.
if (by === 'reading') {
  const { entries } = Array.prototype;
  Array.prototype.entries = function (this: unknown[]) {
    return String(this[0]).startsWith('/groups') ? fail() : entries.call(this);
  };
}
// So does every page.
else if (by === 'page') process.cpuUsage = fail;
else if (act !== undefined) process.once('SIGWINCH', () => setImmediate(act));

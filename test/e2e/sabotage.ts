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

const act = acts[process.env['SABOTAGE'] ?? ''];
if (act === undefined) {
  // Every request to Atlas fails in code of our own.
  URLSearchParams.prototype.toString = () => {
    throw faultWith(canary);
  };
} else process.once('SIGWINCH', () => setImmediate(act));

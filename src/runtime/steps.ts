/** What steps lead to, taken without a pause. */
export function resultOf<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Enough small things that to rest between two steps costs little beside them. */
const thingsInAStep = 16;

/** Goes through many small things, a few at each step. */
export function* inSteps<T>(things: Iterable<T>, work: (thing: T) => void): Generator<void, void> {
  let left = thingsInAStep;
  for (const thing of things) {
    work(thing);
    left -= 1;
    if (left > 0) continue;
    yield;
    left = thingsInAStep;
  }
}

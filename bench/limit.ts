/** Rejects when it takes longer: what a row waits for must fail that row and not hold up the run. */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const late = () => reject(new Error(`${what}: not within ${seconds} seconds`));
  const timer = setTimeout(late, seconds * 1000);
  return Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

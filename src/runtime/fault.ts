/** What the log tells of a fault that nobody foresaw. */
type SafeError = {
  readonly type: string;
  readonly code?: string;
  /** Where it happened, the innermost call first. */
  readonly stack: readonly string[];
  readonly cause?: SafeError;
};

const maxCauses = 3;

/**
 * Tells of anything thrown its type, code and place. Never its message nor its other properties:
 * libraries quote there what they choke on, which may be a header, a body or a secret.
 */
export function safeError(error: unknown, depth = 0): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    type: error.name,
    ...(code !== undefined && { code }),
    stack: places(error),
    ...(error.cause instanceof Error &&
      depth < maxCauses && { cause: safeError(error.cause, depth + 1) }),
  };
}

/** The calls of its stack, without the message, which stands before them and may look like some. */
function places({ stack = '', message }: Error): readonly string[] {
  const at = stack.indexOf(message);
  const calls = at === -1 ? '' : stack.slice(at + message.length);
  return calls
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map((line) => line.slice('    at '.length));
}

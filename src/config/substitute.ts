import type { Parsed } from './parsed.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

type Substitution = {
  readonly text: string;
  /** Whether anything was replaced by a variable or its default. */
  readonly substituted: boolean;
  readonly faults: readonly string[];
};

/**
 * Replaces `${VAR}`, `${VAR:-default}` (for an unset or empty variable) and `$$`, once, from left
 * to right: what a variable holds is not looked at again. Any other `$` stays as it is.
 */
export function substitute(text: string, env: Environment): Substitution {
  const faults: string[] = [];
  let substituted = false;
  const replaced = text.replaceAll(
    /\$(?:\$|\{([^}]*)(\}?))/g,
    (_, expression: string | undefined, brace: string) => {
      if (expression === undefined) return '$';
      substituted = true;
      const found = brace === '' ? unclosed : variable(expression, env);
      if ('value' in found) return found.value;
      faults.push(found.refused);
      return '';
    },
  );
  return { text: replaced, substituted, faults };
}

const unclosed = {
  refused: 'has a variable without its closing brace; write $$ for a plain dollar sign',
};

function variable(expression: string, env: Environment): Parsed<string> {
  const [, name, fallback] = /^([A-Za-z_]\w{0,127})(?::-(.*))?$/s.exec(expression) ?? [];
  if (name === undefined) {
    return { refused: 'has a variable with an impossible name; write $$ for a plain dollar sign' };
  }
  if (fallback?.includes('${')) {
    return { refused: 'has a variable inside the default of another, which is not supported' };
  }
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (fallback !== undefined) return { value: value || fallback };
  return value === undefined
    ? { refused: `the environment variable ${name} is not set` }
    : { value };
}

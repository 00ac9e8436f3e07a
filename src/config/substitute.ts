export type Environment = Readonly<Record<string, string | undefined>>;

type Substitution = {
  readonly text: string;
  /** Whether anything was replaced by a variable or its default. */
  readonly substituted: boolean;
  readonly faults: readonly string[];
};

const nameShape = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/**
 * Replaces `${VAR}`, `${VAR:-default}` (for an unset or empty variable) and `$$`, once, from left
 * to right: what a variable holds is not looked at again. Any other `$` stays as it is.
 */
export function substitute(text: string, env: Environment): Substitution {
  if (!text.includes('$')) return { text, substituted: false, faults: [] };
  const out: string[] = [];
  const faults: string[] = [];
  let substituted = false;
  let at = 0;
  for (let next = text.indexOf('$'); next !== -1; next = text.indexOf('$', at)) {
    out.push(text.slice(at, next));
    const follower = text[next + 1];
    const end = follower === '{' ? text.indexOf('}', next) : -1;
    if (follower === '{' && end === -1) {
      faults.push('has a variable without its closing brace; write $$ for a plain dollar sign');
      return { text: '', substituted, faults };
    }
    if (follower === '{') {
      const replaced = resolve(text.slice(next + 2, end), env);
      out.push(replaced.text);
      if (replaced.fault !== undefined) faults.push(replaced.fault);
      substituted = true;
      at = end + 1;
    } else {
      out.push('$');
      at = next + (follower === '$' ? 2 : 1);
    }
  }
  return { text: out.join('') + text.slice(at), substituted, faults };
}

function resolve(
  expression: string,
  env: Environment,
): { readonly text: string; readonly fault: string | undefined } {
  const split = expression.indexOf(':-');
  const name = split === -1 ? expression : expression.slice(0, split);
  const fallback = split === -1 ? undefined : expression.slice(split + 2);
  if (!nameShape.test(name)) {
    return {
      text: '',
      fault: 'has a variable with an impossible name; write $$ for a plain dollar sign',
    };
  }
  if (fallback?.includes('${')) {
    return {
      text: '',
      fault: 'has a variable inside the default of another, which is not supported',
    };
  }
  const value = Object.hasOwn(env, name) ? env[name] : undefined;
  if (fallback !== undefined) return { text: value || fallback, fault: undefined };
  if (value !== undefined) return { text: value, fault: undefined };
  return { text: '', fault: `the environment variable ${name} is not set` };
}

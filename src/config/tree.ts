import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type ParsedNode,
  type YAMLMap,
} from 'yaml';
import type { Path } from './problem.ts';
import { plainWord } from './spelling.ts';
import { type Environment, substitute } from './substitute.ts';

/** Where a value stands in the file, and those inside it. */
export type Mark = {
  readonly offset: number;
  /** `substituted`: a variable gave the text. `unusable`: a fault of it is known already. */
  readonly state: 'plain' | 'substituted' | 'unusable';
  readonly children: ReadonlyMap<string | number, Child>;
};

type Child = { readonly keyOffset: number; readonly mark: Mark };

type Fault = { readonly offset: number; readonly path: Path; readonly message: string };

/** The file as plain values, with variables filled in, and the place of each. */
export type Tree = {
  readonly value: unknown;
  readonly mark: Mark;
  readonly faults: readonly Fault[];
};

type Grown = { readonly value: unknown; readonly mark: Mark };

const noChildren: Mark['children'] = new Map();
/**
 * Far above any honest use. Nine short lines of aliases ask for billions of values, and zod runs
 * out of stack at some hundred thousand faults.
 */
const mostValues = 30_000;

type Node = ParsedNode | null | undefined;

/**
 * Turns parsed YAML into values. It does what `Document.toJS` does, but keeps places, substitutes
 * variables if there is an environment (after parsing, so that none can inject YAML), finds repeated keys in linear time, and
 * never throws.
 */
export function growTree(
  document: Document.Parsed,
  env: Environment | undefined,
  maxDepth: number,
): Tree {
  const faults: Fault[] = [];
  const anchors = new Map<string, ParsedNode>();
  const open = new Set<ParsedNode>();
  let aliasDepth = 0;
  let values = 0;

  const unusable = (offset: number, path: Path, ...messages: readonly string[]): Grown => {
    for (const message of messages) faults.push({ offset, path, message });
    return { value: null, mark: { offset, state: 'unusable', children: noChildren } };
  };

  function grow(node: Node, path: Path, fallback: number): Grown {
    const offset = node?.range?.[0] ?? fallback;
    if (path.length > maxDepth) return unusable(offset, path, `nests deeper than ${maxDepth}`);
    values += 1;
    if (values > mostValues) return unusable(offset, path);
    if (!node) return { value: null, mark: { offset, state: 'plain', children: noChildren } };
    if (isAlias(node)) return growAlias(node.source, path, offset);
    if (node.anchor !== undefined && aliasDepth === 0) anchors.set(node.anchor, node);
    if (isScalar(node)) return growScalar(node.value, path, offset);
    open.add(node);
    const grown = isMap(node)
      ? growMap(node as YAMLMap.Parsed, path, offset)
      : growList(isSeq(node) ? (node.items as readonly Node[]) : [], path, offset);
    open.delete(node);
    return grown;
  }

  function growAlias(name: string, path: Path, offset: number): Grown {
    const target = anchors.get(name);
    if (target === undefined)
      return unusable(offset, path, 'is an alias without an anchor above it');
    if (open.has(target))
      return unusable(offset, path, 'is an alias of something that contains it');
    aliasDepth += 1;
    const grown = grow(target, path, offset);
    aliasDepth -= 1;
    return grown;
  }

  function growScalar(value: unknown, path: Path, offset: number): Grown {
    const state = 'plain';
    if (typeof value !== 'string' || env === undefined) {
      return { value, mark: { offset, state, children: noChildren } };
    }
    const { text, substituted, faults: found } = substitute(value, env);
    if (found.length > 0) return unusable(offset, path, ...found);
    const mark: Mark = {
      offset,
      state: substituted ? 'substituted' : state,
      children: noChildren,
    };
    return { value: text, mark };
  }

  function growMap(map: YAMLMap.Parsed, path: Path, offset: number): Grown {
    const entries = new Map<string, unknown>();
    const children = new Map<string, Child>();
    for (const { key, value } of map.items) {
      const keyOffset = key?.range?.[0] ?? offset;
      const name: unknown = isScalar(key) ? key.value : undefined;
      if (typeof name !== 'string') {
        faults.push({ offset: keyOffset, path, message: 'a key must be a text' });
      } else if (entries.has(name)) {
        faults.push({
          offset: keyOffset,
          path,
          message: `key${plainWord(name)} stands here twice`,
        });
      } else {
        const grown = grow(value, [...path, name], keyOffset);
        entries.set(name, grown.value);
        children.set(name, { keyOffset, mark: grown.mark });
      }
    }
    // Not by assignment: that would let a key `__proto__` replace the prototype.
    return { value: Object.fromEntries(entries), mark: { offset, state: 'plain', children } };
  }

  function growList(items: readonly Node[], path: Path, offset: number): Grown {
    const grown = items.map((item, index) => grow(item, [...path, index], offset));
    const children = new Map(
      grown.map(({ mark }, index) => [index, { keyOffset: mark.offset, mark }] as const),
    );
    return {
      value: grown.map(({ value }) => value),
      mark: { offset, state: 'plain', children },
    };
  }

  const { value, mark } = grow(document.contents, [], 0);
  if (values <= mostValues) return { value, mark, faults };
  const message = `has more than ${mostValues} values, counting each alias as what it stands for`;
  return {
    value: null,
    mark: { ...mark, state: 'unusable' },
    faults: [{ offset: 0, path: [], message }],
  };
}

/** The mark at the end of a path, or of the nearest thing above it that the file has. */
export function markAt(root: Mark, path: Path): { readonly mark: Mark; readonly exact: boolean } {
  let mark = root;
  for (const part of path) {
    const child = mark.children.get(part);
    if (child === undefined) return { mark, exact: false };
    mark = child.mark;
  }
  return { mark, exact: true };
}

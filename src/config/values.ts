import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  visit,
} from 'yaml';
import type { Path } from './problem.ts';
import { plainWord } from './spelling.ts';
import { type Environment, substitute } from './substitute.ts';

type Fault = { readonly offset: number; readonly path: Path; readonly message: string };

type Place = {
  readonly offset: number;
  /** Where the key of the value is; for an item of a list, the item itself. */
  readonly keyOffset: number;
  /** Its fault is known already; it is read as null. */
  readonly unusable: boolean;
};

/** A document as plain values, and the place of each in the file. */
export type Values = {
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** The place of the value at the end of a path; `exact`: or of the nearest one above it. */
  readonly placeAt: (path: Path) => Place & { readonly exact: boolean };
};

/** The scalar types that keys want, by `pathKey`. */
export type WantedTypes = ReadonlyMap<string, 'boolean' | 'number'>;

/**
 * Far above any honest use. Nine short lines of aliases ask for billions of values, and zod runs
 * out of stack at some hundred thousand faults.
 */
const maxValues = 30_000;
export const maxDepth = 50;

/**
 * What `Document.toJS` does, but it keeps places, bounds what aliases stand for, finds repeated keys in
 * linear time and never throws. Variables are filled in if there is an environment: after parsing, so
 * that none can inject YAML. Their texts stay texts (an id of digits needs no quotes), but where
 * another type is wanted.
 */
export function valuesOf(
  document: Document.Parsed,
  env: Environment | undefined,
  wanted: WantedTypes,
): Values {
  const faults: Fault[] = [];
  const places = new Map<string, Place>();
  const targets = aliasTargets(document);
  const open = new Set<unknown>();
  let count = 0;

  function read(node: unknown, path: Path, keyOffset: number): unknown {
    count += 1;
    if (count > maxValues) return null;
    const offset = offsetOf(node) ?? keyOffset;
    places.set(pathKey(path), { offset, keyOffset, unusable: false });
    const refuse = (...messages: readonly string[]) => {
      places.set(pathKey(path), { offset, keyOffset, unusable: true });
      for (const message of messages) faults.push({ offset, path, message });
      return null;
    };
    if (path.length > maxDepth) return refuse(`nests deeper than ${maxDepth} levels`);
    if (isAlias(node)) {
      const target = targets.get(node);
      if (target === undefined) return refuse('is an alias without an anchor above it');
      if (open.has(target)) return refuse('is an alias of something that contains it');
      return read(target, path, keyOffset);
    }
    if (isScalar(node)) {
      if (typeof node.value !== 'string' || env === undefined) return node.value;
      const { text, substituted, faults: found } = substitute(node.value, env);
      if (found.length > 0) return refuse(...found);
      return substituted ? typed(text, wanted.get(pathKey(path))) : text;
    }
    open.add(node);
    const children = childrenOf(node, offset, (at, message) => {
      faults.push({ offset: at, path, message });
    }).map(([key, { child, at }]) => [key, read(child, [...path, key], at)] as const);
    open.delete(node);
    // Not by assignment: that would let a key `__proto__` replace the prototype.
    return isSeq(node)
      ? children.map(([, value]) => value)
      : isMap(node)
        ? Object.fromEntries(children)
        : null;
  }

  const value = read(document.contents, [], 0);
  if (count > maxValues) return tooMany;
  return { value, faults, placeAt: (path) => nearest(places, path) };
}

const tooMany: Values = {
  value: null,
  faults: [
    {
      offset: 0,
      path: [],
      message: `has more than ${maxValues} values, counting each alias as what it stands for`,
    },
  ],
  placeAt: () => ({ offset: 0, keyOffset: 0, unusable: true, exact: false }),
};

export function pathKey(path: Path): string {
  return JSON.stringify(path);
}

function nearest(places: ReadonlyMap<string, Place>, path: Path): ReturnType<Values['placeAt']> {
  const place = places.get(pathKey(path));
  if (place !== undefined) return { ...place, exact: true };
  return { ...nearest(places, path.slice(0, -1)), exact: false };
}

type Child = { readonly child: unknown; readonly at: number };

/** What is in a map or list. Keys that repeat or are no strings are refused. */
function childrenOf(
  node: unknown,
  offset: number,
  refuse: (offset: number, message: string) => void,
): readonly (readonly [string | number, Child])[] {
  if (isSeq(node)) {
    return node.items.map((child, index) => [index, { child, at: offsetOf(child) ?? offset }]);
  }
  const children = new Map<string, Child>();
  for (const { key, value } of isMap(node) ? node.items : []) {
    const at = offsetOf(key) ?? offset;
    const name = isScalar(key) ? key.value : undefined;
    if (typeof name !== 'string') refuse(at, 'keys must be strings');
    else if (children.has(name)) refuse(at, `duplicate key${plainWord(name)}`);
    else children.set(name, { child: value, at });
  }
  return [...children];
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** What each alias stands for: the last node above it that has its anchor. */
function aliasTargets(document: Document.Parsed): ReadonlyMap<Alias, Node | undefined> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  visit(document, (_, node) => {
    if (isAlias(node)) targets.set(node, anchors.get(node.source));
    else if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
  });
  return targets;
}

function typed(text: string, wanted: 'boolean' | 'number' | undefined): unknown {
  if (wanted === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return wanted === 'number' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

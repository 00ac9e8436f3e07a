/** Which keys the objects at each path have, how often, and of which JSON types. */
export type Shape = ReadonlyMap<string, Keys>;
type Keys = { objects: number; readonly keys: Map<string, { count: number; types: Set<string> }> };

export function shapeOf(values: readonly unknown[]): Shape {
  const shape = new Map<string, Keys>();
  for (const value of values) walk(value, '$', shape);
  return shape;
}

function walk(value: unknown, path: string, shape: Map<string, Keys>): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, `${path}[]`, shape);
  } else if (typeof value === 'object' && value !== null) {
    const here = shape.get(path) ?? { objects: 0, keys: new Map() };
    shape.set(path, here);
    here.objects += 1;
    for (const [name, inner] of Object.entries(value)) {
      // Maps by region: the key is data.
      const key = /^[A-Z]+(_[A-Z0-9]+)+$/.test(name) ? 'REGION' : name;
      const known = here.keys.get(key) ?? { count: 0, types: new Set() };
      here.keys.set(key, known);
      known.count += 1;
      known.types.add(typeOf(inner));
      walk(inner, `${path}.${key}`, shape);
    }
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Where `ours` has what is `known` nowhere, or lacks what `theirs` always has. */
export function differences(ours: Shape, theirs: Shape, known: Shape = theirs): string[] {
  const found: string[] = [];
  for (const [path, { objects, keys }] of ours) {
    const seen = known.get(path)?.keys;
    if (seen === undefined) {
      found.push(`${path}: no such object is recorded`);
      continue;
    }
    for (const [key, { types }] of keys) {
      const wanted = seen.get(key)?.types;
      for (const type of types) {
        if (wanted?.has(type) !== true) {
          found.push(
            `${path}.${key}: ${type} here, ${wanted ? [...wanted].join(' or ') : 'nothing'} recorded`,
          );
        }
      }
    }
    const recorded = theirs.get(path);
    for (const [key, { count }] of recorded?.keys ?? []) {
      if (count === recorded?.objects && keys.get(key)?.count !== objects) {
        found.push(`${path}.${key}: in every recording, and not always here`);
      }
    }
  }
  return found;
}

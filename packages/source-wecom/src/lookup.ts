/**
 * Things in their order, which are found by their keys: of thousands that come at once, each is looked for in a few only.
 * `keysOf`: the keys of a thing, by name; they do not change.
 */
export class Lookup<Thing, Name extends string> implements Iterable<Thing> {
  private readonly things = new Set<Thing>();
  private readonly found: ReadonlyMap<Name, Map<string, Set<Thing>>>;

  constructor(
    private readonly keysOf: Readonly<Record<Name, (thing: Thing) => string | undefined>>,
    things: Iterable<Thing> = [],
  ) {
    this.found = new Map((Object.keys(keysOf) as Name[]).map((name) => [name, new Map<string, Set<Thing>>()]));
    for (const thing of things) this.add(thing);
  }

  get size(): number {
    return this.things.size;
  }

  add(thing: Thing): void {
    this.things.add(thing);
    for (const [name, byKey] of this.found) {
      const key = this.keysOf[name](thing);
      if (key === undefined) continue;
      const same = byKey.get(key);
      if (same) same.add(thing);
      else byKey.set(key, new Set([thing]));
    }
  }

  delete(thing: Thing): void {
    this.things.delete(thing);
    for (const [name, byKey] of this.found) byKey.get(this.keysOf[name](thing) ?? '')?.delete(thing);
  }

  /** Those with that key, in the order in which they were added. */
  by(name: Name, key: string): Thing[] {
    return [...(this.found.get(name)?.get(key) ?? [])];
  }

  [Symbol.iterator](): Iterator<Thing> {
    return this.things[Symbol.iterator]();
  }
}

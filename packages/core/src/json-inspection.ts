/** The deepest nesting that a record may have. */
const MAX_DEPTH = 32;

interface WellFormedness {
  isWellFormed(): boolean;
}

/** False for what Postgres cannot store as text: a NUL character or half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && (text as unknown as WellFormedness).isWellFormed();
}

/** True for `{…}` of any realm; false for arrays, dates, maps and instances of classes. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What keeps a value from being stored: text that Postgres refuses, something that is not JSON, or its depth. */
export type JsonFlaw = 'text' | 'type' | 'depth';

/**
 * Walks over a value once: finds what cannot be stored and bounds the size of its JSON text from both sides, so that
 * almost no record has to be serialised only to be measured. The walk ends as soon as the lower bound passes `limit`,
 * which also bounds the time spent on a hostile value.
 */
export class JsonInspection {
  /** The JSON text has at least this many bytes. */
  least = 0;
  /** The JSON text has at most this many bytes. */
  most = 0;
  /** How many integers were met that JavaScript cannot hold exactly: parsing has rounded them. */
  rounded = 0;

  constructor(private readonly limit: number) {}

  visit(value: unknown, depth = 0): JsonFlaw | undefined {
    switch (typeof value) {
      case 'string':
        this.grow(value.length + 3, value.length * 6 + 3);
        return isStorableText(value) ? undefined : 'text';
      case 'number':
        this.grow(2, 26);
        if (!Number.isFinite(value)) return 'type';
        if (Number.isInteger(value) && !Number.isSafeInteger(value)) this.rounded++;
        return undefined;
      case 'boolean':
      case 'undefined':
        this.grow(2, 6);
        return undefined;
      case 'object':
        this.grow(2, 6);
        if (value === null) return undefined;
        return depth >= MAX_DEPTH ? 'depth' : this.visitMembers(value, depth + 1);
      default:
        return 'type';
    }
  }

  private visitMembers(value: object, depth: number): JsonFlaw | undefined {
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) {
        const flaw = this.visit(item, depth);
        if (flaw || this.least > this.limit) return flaw;
      }
      return undefined;
    }
    if (!isPlainObject(value)) return 'type';
    for (const key of Object.keys(value)) {
      const flaw = this.visit(key, depth) ?? this.visit(value[key], depth);
      if (flaw || this.least > this.limit) return flaw;
    }
    return undefined;
  }

  private grow(least: number, most: number): void {
    this.least += least;
    this.most += most;
  }
}

import { isMembers } from './schema';

/**
 * What a pair of name and value is called before it has a name. A character for private use: no name begins with it, so it
 * can never be one, and it never leaves the page.
 */
export const NAMELESS = '\uE000';

export const isNameless = (name: string): boolean => name.startsWith(NAMELESS);

/** JSON pointers of the pairs below `pointer` that have no name yet. */
export function namelessPairs(value: unknown, pointer: string): string[] {
  const entries = Array.isArray(value) ? [...value.entries()] : isMembers(value) ? Object.entries(value) : [];
  return entries.flatMap(([name, inner]) => {
    const at = `${pointer}/${name}`;
    return typeof name === 'string' && isNameless(name) ? [at] : namelessPairs(inner, at);
  });
}

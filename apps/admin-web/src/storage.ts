/**
 * What this browser remembers between visits. Storage may be forbidden (private windows, policies); choices then last
 * as long as the page.
 */
const memory = new Map<string, string>();

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    // Forbidden, as said above.
    return memory.get(key) ?? null;
  }
}

export function remember(key: string, value: string): void {
  memory.set(key, value);
  try {
    localStorage.setItem(key, value);
  } catch {
    // Forbidden, as said above: the map keeps it.
  }
}

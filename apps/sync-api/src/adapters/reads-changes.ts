import type { SourceAdapter } from '@rollcall/core';

/** Whether a source with these options (its public ones) can be read for changes only. An adapter that fails at that says so when it reads. */
export function readsChanges(adapter: SourceAdapter, options: Readonly<Record<string, unknown>>): boolean {
  if (adapter.incremental !== true) return false;
  try {
    return adapter.incrementalWith?.(options) ?? true;
  } catch {
    return true;
  }
}

import type { AdapterKind } from '@rollcall/core';

/** Under this token an adapter is a Nest provider: `@Inject(adapterToken('source', 'push'))`. */
export function adapterToken(kind: AdapterKind, id: string): string {
  return `rollcall:${kind}:${id}`;
}

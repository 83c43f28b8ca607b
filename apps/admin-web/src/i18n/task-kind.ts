import type { Task } from '../api/types';

/** The text for what kind of task it is. The purges of no source take what was deleted long ago. */
export const kindKey = ({ kind, source }: { kind: Task['kind']; source: unknown }) =>
  kind === 'purge' && source !== null ? 'kind.removal' : (`kind.${kind}` as const);

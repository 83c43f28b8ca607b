import { useQuery } from '@tanstack/react-query';
import { adaptersQuery } from '../../api/adapters';
import { targetsQuery } from '../../api/targets';
import type { Target, Task } from '../../api/types';

/** More targets than one page of them nobody has. */
const MANY = 200;

/** Targets that are somewhere else: what their adapters write is not in this database. */
export function useElsewhere(): readonly Target[] {
  const { data: targets } = useQuery(targetsQuery({ pageSize: MANY }));
  const { data: adapters } = useQuery(adaptersQuery);
  const remote = new Set(
    adapters?.filter(({ kind, capabilities }) => kind === 'target' && capabilities.remote).map(({ id }) => id),
  );
  return targets?.items.filter(({ type }) => remote.has(type)) ?? [];
}

/** Names of those among them that get what a plan changes by tasks of their own: the plan does not hold it. */
export function useFollowing({ counts, source, target }: Pick<Task, 'counts' | 'source' | 'target'>): string[] {
  const elsewhere = useElsewhere();
  if (!source || target) return [];
  return elsewhere
    .filter(({ name, enabled, sources }) => enabled && !(name in counts) && (!sources || sources.includes(source.id)))
    .map(({ name }) => name);
}

import { useQuery } from '@tanstack/react-query';
import { adaptersQuery } from '../../api/adapters';
import { allTargetsQuery } from '../../api/targets';
import type { Target } from '../../api/types';

/** Targets that are somewhere else: what their adapters write is not in this database. */
export function useElsewhere(): readonly Target[] {
  const { data: targets } = useQuery(allTargetsQuery);
  const { data: adapters } = useQuery(adaptersQuery);
  const remote = new Set(
    adapters?.filter(({ kind, capabilities }) => kind === 'target' && capabilities.remote).map(({ id }) => id),
  );
  return targets?.items.filter(({ type }) => remote.has(type)) ?? [];
}

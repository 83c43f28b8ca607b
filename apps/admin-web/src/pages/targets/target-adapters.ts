import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { adaptersQuery } from '../../api/adapters';
import type { Adapter } from '../../api/types';
import { localAdapter } from '../../i18n/adapter-texts';

/** A target adapter of which somebody can add a target. */
export type TargetAdapter = Adapter & { id: string; configSchema: NonNullable<Adapter['configSchema']> };

/** The built-in targets stand on these; they keep tables of their own, so there is no second one. */
const BUILT_IN_TYPES = ['users', 'departments'];

/** Target adapters beside the built-in ones, in the reader's language, with how their reading stands. */
export function useTargetAdapters() {
  const { i18n } = useTranslation();
  const query = useQuery(adaptersQuery);
  const adapters = useMemo(
    () => query.data?.filter(isAddable).map((adapter) => localAdapter(adapter, i18n.language)),
    [query.data, i18n.language],
  );
  return { ...query, adapters };
}

function isAddable(adapter: Adapter): adapter is TargetAdapter {
  const { kind, id, configSchema, error } = adapter;
  return (
    kind === 'target' && id !== null && configSchema !== null && error === undefined && !BUILT_IN_TYPES.includes(id)
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { adaptersQuery } from '../../api/adapters';
import type { Adapter } from '../../api/types';
import { localAdapter } from '../../i18n/adapter-texts';

/** A source adapter that works. */
export type SourceAdapter = Adapter & { id: string; configSchema: NonNullable<Adapter['configSchema']> };

/** The installed source adapters in the reader's language, with how their reading stands. */
export function useSourceAdapters() {
  const { i18n } = useTranslation();
  const query = useQuery(adaptersQuery);
  const adapters = useMemo(
    () => query.data?.filter(isWorkingSource).map((adapter) => localAdapter(adapter, i18n.language)),
    [query.data, i18n.language],
  );
  return { ...query, adapters };
}

/** The adapter of a source; undefined while it is not known, and when it is not there. */
export function useSourceAdapter(type: string): SourceAdapter | undefined {
  const { i18n } = useTranslation();
  const { data } = useQuery(adaptersQuery);
  // Only this one is put into the reader's language: every row of a list asks.
  return useMemo(() => {
    const adapter = data?.filter(isWorkingSource).find(({ id }) => id === type);
    return adapter && localAdapter(adapter, i18n.language);
  }, [data, type, i18n.language]);
}

function isWorkingSource(adapter: Adapter): adapter is SourceAdapter {
  const { kind, id, configSchema, error } = adapter;
  return kind === 'source' && id !== null && configSchema !== null && error === undefined;
}

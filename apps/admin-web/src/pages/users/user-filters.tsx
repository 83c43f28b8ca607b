import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentQuery } from '../../api/departments';
import { sourceNamesQuery } from '../../api/names';
import { USER_STATUSES } from '../../api/types';
import { Choice, withChosen } from '../../ui/choice';
import { SearchBox } from '../../ui/search-box';
import { DepartmentLookup } from '../directory/lookups';
import type { UserSearch } from './user-search';

interface UserFiltersProps {
  search: UserSearch;
  /** The part of the address that changes; the page is the first again. */
  onChange: (change: Partial<UserSearch>) => void;
}

const ALL = 'all';
const EVERY_SOURCE = 0;

export function UserFilters({ search, onChange }: UserFiltersProps): ReactElement {
  const { t } = useTranslation();
  const sources = useQuery(sourceNamesQuery);
  const onText = useCallback((q: string | undefined) => onChange({ q }), [onChange]);
  return (
    <>
      <SearchBox label={t('users.search')} placeholder={t('users.searchIn')} value={search.q} onChange={onText} />
      <Choice
        label={t('users.status')}
        value={search.status ?? ALL}
        options={[
          { value: ALL, label: t('users.notDeleted') },
          ...USER_STATUSES.map((value) => ({ value, label: t(`userStatus.${value}`) })),
        ]}
        onChange={(status) => onChange({ status: status === ALL ? undefined : status })}
      />
      <Choice
        label={t('users.source')}
        value={search.sourceId ?? EVERY_SOURCE}
        options={withChosen(search.sourceId, [
          { value: EVERY_SOURCE, label: t('users.allSources') },
          ...(sources.data ?? []).map(({ id, label }) => ({ value: id, label })),
        ])}
        onChange={(sourceId) => onChange({ sourceId: sourceId === EVERY_SOURCE ? undefined : sourceId })}
      />
      <DepartmentFilter departmentId={search.departmentId} onChange={(departmentId) => onChange({ departmentId })} />
    </>
  );
}

function DepartmentFilter(props: {
  departmentId: number | undefined;
  onChange: (departmentId: number | undefined) => void;
}): ReactElement {
  const { t } = useTranslation();
  const id = props.departmentId;
  const department = useQuery({ ...departmentQuery(id ?? 0), enabled: id !== undefined });
  return (
    <DepartmentLookup
      label={t('users.department')}
      placeholder={t('users.allDepartments')}
      value={id === undefined ? null : { id, label: department.data?.title ?? String(id) }}
      onChange={(found) => props.onChange(found?.id)}
    />
  );
}

import { Select } from 'antd';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TASK_KINDS, TASK_STATUSES } from '../../api/types';
import type { TaskSearch } from './task-search';

interface TaskFiltersProps {
  search: TaskSearch;
  onChange: (filters: Pick<TaskSearch, 'status' | 'kind'>) => void;
}

const ALL = 'all';

export function TaskFilters({ search, onChange }: TaskFiltersProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const statuses = [
    { value: ALL, label: t('tasks.allStatuses') },
    ...TASK_STATUSES.map((value) => ({ value, label: t(`status.${value}`) })),
  ];
  const kinds = [
    { value: ALL, label: t('tasks.allKinds') },
    ...TASK_KINDS.map((value) => ({ value, label: t(`kind.${value}`) })),
  ];
  const change = (name: 'status' | 'kind', value: string): void => {
    const { status, kind } = search;
    onChange({ ...(status && { status }), ...(kind && { kind }), [name]: value === ALL ? undefined : value });
  };
  return (
    <div className="task-filters" role="group" aria-label={t('tasks.filters')}>
      <label htmlFor={`${id}-status`} className="visually-hidden">
        {t('tasks.status')}
      </label>
      <Select
        id={`${id}-status`}
        value={search.status ?? ALL}
        options={statuses}
        onChange={(value: string) => change('status', value)}
        popupMatchSelectWidth={false}
      />
      <label htmlFor={`${id}-kind`} className="visually-hidden">
        {t('tasks.kind')}
      </label>
      <Select
        id={`${id}-kind`}
        value={search.kind ?? ALL}
        options={kinds}
        onChange={(value: string) => change('kind', value)}
        popupMatchSelectWidth={false}
      />
    </div>
  );
}

import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { DEFAULT_PAGE_SIZE, TASK_KINDS, TASK_STATUSES } from '../../api/types';
import { Choice } from '../../ui/choice';
import { PAGE_SIZES, type TaskSearch } from './task-search';

interface TaskFiltersProps {
  search: TaskSearch;
  /** How many tasks there are with these filters. */
  total: number;
  /** The part of the address that changes; the page is the first again. */
  onChange: (change: Partial<TaskSearch>) => void;
}

const ALL = 'all';

export function TaskFilters({ search, total, onChange }: TaskFiltersProps): ReactElement {
  const { t } = useTranslation();
  const statuses = TASK_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }));
  const kinds = TASK_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
  return (
    <div className="task-filters" role="group" aria-label={t('tasks.filters')}>
      <Choice
        label={t('tasks.status')}
        value={search.status ?? ALL}
        options={[{ value: ALL, label: t('tasks.allStatuses') }, ...statuses]}
        onChange={(status) => onChange({ status: status === ALL ? undefined : status })}
      />
      <Choice
        label={t('tasks.kind')}
        value={search.kind ?? ALL}
        options={[{ value: ALL, label: t('tasks.allKinds') }, ...kinds]}
        onChange={(kind) => onChange({ kind: kind === ALL ? undefined : kind })}
      />
      <span className="task-filters-end muted">{t('tasks.count', { count: total })}</span>
      {total > DEFAULT_PAGE_SIZE && (
        <Choice
          label={t('tasks.rows')}
          value={search.pageSize ?? DEFAULT_PAGE_SIZE}
          options={PAGE_SIZES.map((value) => ({ value, label: t('tasks.perPage', { count: value }) }))}
          onChange={(pageSize) => onChange({ pageSize })}
        />
      )}
    </div>
  );
}

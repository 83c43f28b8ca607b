import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { TASK_KINDS, TASK_STATUSES } from '../../api/types';
import { Choice } from '../../ui/choice';
import type { TaskSearch } from './task-search';

interface TaskFiltersProps {
  search: TaskSearch;
  /** The part of the address that changes; the page is the first again. */
  onChange: (change: Partial<TaskSearch>) => void;
}

const ALL = 'all';

export function TaskFilters({ search, onChange }: TaskFiltersProps): ReactElement {
  const { t } = useTranslation();
  const statuses = TASK_STATUSES.map((value) => ({ value, label: t(`status.${value}`) }));
  const kinds = TASK_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
  return (
    <>
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
    </>
  );
}

import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceNamesQuery, targetNamesQuery } from '../../api/names';
import { TASK_KINDS, TASK_STATUSES, type TaskStatus } from '../../api/types';
import { Choice, withChosen } from '../../ui/choice';
import type { TaskSearch } from './task-search';
import { useTargetName } from './use-target-name';

interface TaskFiltersProps {
  search: TaskSearch;
  /** The part of the address that changes; the page is the first again. */
  onChange: (change: Partial<TaskSearch>) => void;
}

const ALL = 'all';
const ATTENTION = 'attention';
/** Those that are held, but for previews: as the figure on the system page counts them. */
const HELD_FOR_APPROVAL = 'heldForApproval';
/** Those that succeeded in part, and left something behind that nothing has made up for. */
const LEFT_BEHIND = 'leftBehind';

export function TaskFilters({ search, onChange }: TaskFiltersProps): ReactElement {
  const { t } = useTranslation();
  const targetName = useTargetName();
  const sources = useQuery(sourceNamesQuery).data ?? [];
  const targets = useQuery(targetNamesQuery).data ?? [];
  const statuses = TASK_STATUSES.map((value) => ({
    value,
    // The service finds previews among the held ones, and what was rejected among the cancelled ones.
    label: t(value === 'held' || value === 'cancelled' ? `statusGroup.${value}` : `status.${value}`),
  }));
  const kinds = TASK_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }));
  return (
    <>
      <Choice
        label={t('tasks.source')}
        value={search.sourceId ?? 0}
        options={withChosen(search.sourceId, [
          { value: 0, label: t('tasks.allSources') },
          ...sources.map(({ id, label }) => ({ value: id, label })),
        ])}
        onChange={(id) => onChange({ sourceId: id === 0 ? undefined : id })}
      />
      <Choice
        label={t('tasks.target')}
        value={search.targetId ?? 0}
        options={withChosen(search.targetId, [
          { value: 0, label: t('tasks.allTargets') },
          ...targets.map(({ id, name }) => ({ value: id, label: targetName(name) })),
        ])}
        onChange={(id) => onChange({ targetId: id === 0 ? undefined : id })}
      />
      <Choice
        label={t('tasks.status')}
        value={statusOf(search)}
        options={[
          { value: ALL, label: t('tasks.allStatuses') },
          { value: ATTENTION, label: t('tasks.attention') },
          { value: HELD_FOR_APPROVAL, label: t('tasks.heldForApproval') },
          { value: LEFT_BEHIND, label: t('tasks.leftBehind') },
          ...statuses,
        ]}
        onChange={(status) => onChange({ attention: undefined, status: undefined, ...searchOf(status) })}
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

type StatusChoice = TaskStatus | typeof ALL | typeof ATTENTION | typeof HELD_FOR_APPROVAL | typeof LEFT_BEHIND;

function statusOf({ attention, status }: TaskSearch): StatusChoice {
  if (!attention) return status ?? ALL;
  if (status === 'held') return HELD_FOR_APPROVAL;
  return status === 'partially_succeeded' ? LEFT_BEHIND : ATTENTION;
}

function searchOf(choice: StatusChoice): Pick<TaskSearch, 'attention' | 'status'> {
  switch (choice) {
    case ALL:
      return {};
    case ATTENTION:
      return { attention: true };
    case HELD_FOR_APPROVAL:
      return { attention: true, status: 'held' };
    case LEFT_BEHIND:
      return { attention: true, status: 'partially_succeeded' };
    default:
      return { status: choice };
  }
}

import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { tasksQuery } from '../../api/tasks';
import type { Task } from '../../api/types';
import { TaskLink } from '../../ui/task-link';

/** For which running task of its source, or of its target, one that is queued waits. */
export function WaitsFor({ task }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  const isWaiting = task.status === 'queued' && !task.nextAttemptAt && task.source !== null;
  const { data } = useQuery({
    ...tasksQuery({ sourceId: task.source?.id, status: 'running' }),
    enabled: isWaiting,
  });
  // One at a time of a source, and beside it one at a time of each target.
  const before = data?.items.find(({ target }) => target?.name === task.target?.name);
  if (!isWaiting || !before) return null;
  return (
    <small className="muted">
      {t('tasks.waitsFor')} <TaskLink id={before.id} />
    </small>
  );
}

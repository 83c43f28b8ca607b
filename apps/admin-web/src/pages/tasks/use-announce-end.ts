import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isSettled } from '../../api/tasks';
import type { Task } from '../../api/types';
import { statusName } from '../../i18n/task-status';
import { useTaskText } from '../../i18n/use-task-text';
import { announce } from '../../ui/announcer';

/**
 * Tells screen readers of each end that the task comes to while its page shows, however the page learns of it. After a retry
 * that is soon over, the answer to it or another look at the task may be there before the event is.
 */
export function useAnnounceEnd(task: Task): void {
  const { t } = useTranslation();
  const message = useTaskText(task);
  const seen = useRef(task);
  useEffect(() => {
    const before = seen.current;
    seen.current = task;
    // Tried again, it may end as it did before: then only at another time.
    if (!isSettled(task) || (before.status === task.status && before.finishedAt === task.finishedAt)) return;
    announce(t('live.finished', { id: task.id, status: t(`status.${statusName(task)}`), message }));
  }, [task, message, t]);
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { followTasks } from '../../api/task-events';
import { isSettled, TASK_LISTS } from '../../api/tasks';
import type { Page, Task } from '../../api/types';
import { announce } from '../../ui/announcer';

/** Rows that an event cannot just replace (new ones, ones that leave a filter) are read again, at most this often. */
const REFRESH_MS = 1_000;

/**
 * Keeps every task list that was read up to date from the event stream, and tells screen readers of tasks that came
 * to an end. True while the stream is up.
 */
export function useLiveTasks(): boolean {
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    let refreshing: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      refreshing ??= setTimeout(() => {
        refreshing = undefined;
        void queryClient.invalidateQueries({ queryKey: TASK_LISTS });
      }, REFRESH_MS);
    };

    const onTask = (task: Task): void => {
      let before: Task | undefined;
      queryClient.setQueriesData<Page<Task>>({ queryKey: TASK_LISTS }, (page) => {
        const row = page?.items.find((item) => item.id === task.id);
        if (!page || !row) return page;
        before = row;
        return { ...page, items: page.items.map((item) => (item === row ? task : item)) };
      });
      if (before?.status === task.status) return;
      refresh();
      if (isSettled(task)) announce(ending(task));
    };

    const ending = (task: Task): string =>
      t('tasks.finished', { batch: task.batch, status: t(`status.${task.status}`), message: task.message ?? '' });

    const unfollow = followTasks({
      onTask,
      onConnection: (up) => {
        setConnected(up);
        if (up) refresh();
      },
    });
    return () => {
      unfollow();
      clearTimeout(refreshing);
    };
  }, [queryClient, t]);

  return connected;
}

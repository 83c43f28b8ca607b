import { type QueryClient, type QueryFilters, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactElement, type ReactNode, useContext, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { adaptersQuery } from '../api/adapters';
import { sourceNamesQuery, targetNamesQuery } from '../api/names';
import { followTasks } from '../api/task-events';
import { detailsKey } from '../api/task-details';
import { isSettled, TASK_LISTS, taskKey } from '../api/tasks';
import type { Page, Task } from '../api/types';
import { taskText } from '../i18n/note-text';
import { type TaskNames, taskNames } from '../i18n/task-names';
import { statusName } from '../i18n/task-status';
import { announce } from '../ui/announcer';

/** What an event cannot just replace (new rows, ones that leave a filter) is read again, at most this often. */
const REFRESH_MS = 1_000;

/** How often a query is read without the live connection, and with it (in case it died without a word). */
export const POLL_S = 5;
const SAFETY_POLL_S = 60;

const Live = createContext(false);

/** Whether the event stream is up, so that what follows tasks is fresh. */
export const useLive = (): boolean => useContext(Live);

/** `refetchInterval` of a query whose answer follows tasks. */
export function usePolling(): (query: { state: { status: string } }) => number {
  const live = useLive();
  return ({ state }) => (live && state.status !== 'error' ? SAFETY_POLL_S : POLL_S) * 1000;
}

/** An answer that is on its way may be older than what is told now: it is waited for, and then asked for anew. */
function readAgain(queryClient: QueryClient, filters: QueryFilters): void {
  const again = (which: QueryFilters): void => void queryClient.invalidateQueries(which, { cancelRefetch: false });
  for (const { promise, queryKey } of queryClient.getQueryCache().findAll({ ...filters, fetchStatus: 'fetching' })) {
    // A failed one is asked for again anyway.
    promise?.then(
      () => again({ queryKey, exact: true }),
      () => undefined,
    );
  }
  again(filters);
}

/**
 * The one live connection of all pages. It keeps every task that was read up to date, has queries that follow tasks read
 * again, and tells screen readers of tasks that came to an end while a list of them is shown.
 */
export function LiveTasks({ children }: { children: ReactNode }): ReactElement {
  const queryClient = useQueryClient();
  const { t, i18n } = useTranslation();
  const [connected, setConnected] = useState(false);

  useEffect(() => {
    let refreshing: ReturnType<typeof setTimeout> | undefined;
    const changed = new Set<number>();

    const refresh = (): void => {
      refreshing ??= setTimeout(() => {
        refreshing = undefined;
        readAgain(queryClient, { predicate: ({ meta }) => meta?.['followsTasks'] === true });
        for (const id of changed) {
          readAgain(queryClient, { queryKey: detailsKey(id) });
          readAgain(queryClient, { queryKey: taskKey(id) });
        }
        changed.clear();
      }, REFRESH_MS);
    };

    const onTask = (task: Task): void => {
      let before = queryClient.getQueryData<Task>(taskKey(task.id));
      if (before) queryClient.setQueryData(taskKey(task.id), task);
      queryClient.setQueriesData<Page<Task>>({ queryKey: TASK_LISTS }, (page) => {
        const row = page?.items.find((item) => item.id === task.id);
        if (!page || !row) return page;
        before = row;
        return { ...page, items: page.items.map((item) => (item === row ? task : item)) };
      });
      if (before?.status === task.status && before.progress.step === task.progress.step) return;
      changed.add(task.id);
      refresh();
      if (before?.status !== task.status && isSettled(task) && listShows()) announce(ending(task));
    };

    /** Whoever looks at something else is not told of every push; a task's own page tells of its end itself. */
    const listShows = (): boolean =>
      queryClient.getQueryCache().findAll({ queryKey: TASK_LISTS, type: 'active' }).length > 0;

    /** As far as they were read: the page that shows the task has asked for them. */
    const namesFor = (task: Task): TaskNames =>
      taskNames(task, i18n.language, {
        sources: queryClient.getQueryData(sourceNamesQuery.queryKey),
        targets: queryClient.getQueryData(targetNamesQuery.queryKey),
        adapters: queryClient.getQueryData(adaptersQuery.queryKey),
      });

    const ending = (task: Task): string =>
      t('live.finished', {
        id: task.id,
        status: t(`status.${statusName(task)}`),
        message: taskText(t, i18n.language, task, namesFor(task)),
      });

    const unfollow = followTasks({
      onTask,
      onConnection: (up) => {
        setConnected(up);
        if (!up) return;
        // What happened while it was down was not told.
        readAgain(queryClient, { queryKey: ['tasks'] });
        refresh();
      },
    });
    return () => {
      unfollow();
      clearTimeout(refreshing);
    };
  }, [queryClient, t, i18n]);

  return <Live value={connected}>{children}</Live>;
}

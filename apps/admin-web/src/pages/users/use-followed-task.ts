import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/client';
import { isSettled } from '../../api/tasks';
import type { Task } from '../../api/types';
import { userChanged } from '../../api/users';
import { statusName } from '../../i18n/task-status';
import { announce } from '../../ui/announcer';

/** How often a task that was started here is looked at. */
const POLL_MS = 1_000;

/** The task as it stands, until it has ended; then everything about users is read again. */
export function useFollowedTask(started: Task | undefined): Task | undefined {
  const { t } = useTranslation();
  const id = started?.id;
  const task = useQuery({
    queryKey: ['tasks', 'followed', id],
    queryFn: ({ signal }) => request<Task>(`/api/tasks/${id ?? ''}`, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data && isSettled(state.data) ? false : POLL_MS),
  });
  const now = task.data ?? started;
  const ended = now && isSettled(now) ? statusName(now) : undefined;
  useEffect(() => {
    if (ended === undefined || id === undefined) return;
    announce(t('users.taskEnded', { id, status: t(`status.${ended}`) }));
    void userChanged();
  }, [ended, id, t]);
  return now;
}

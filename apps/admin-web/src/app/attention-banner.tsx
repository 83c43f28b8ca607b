import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactElement, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attentionQuery } from '../api/tasks';
import type { Task } from '../api/types';
import { doubtText } from '../i18n/doubt-text';
import { heldWhy } from '../i18n/held-reason';
import { useTaskText } from '../i18n/use-task-text';
import { TaskStatus } from '../ui/task-status';
import { useSourceLabel } from '../ui/use-source-label';
import { concernOf } from './concern';
import { usePolling } from './live-tasks';

/** The concerns that were waved away, as long as this tab lives and nobody has settled them. */
const dismissed = new Set<string>();

/** On every page: the newest task that is held or has failed, and how many more there are. */
export function AttentionBanner(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({ ...attentionQuery, refetchInterval: usePolling() });
  const labelOf = useSourceLabel();
  const { taskId } = useParams({ strict: false });
  const [, setDismissals] = useState(0);
  // Its own page says all of a task.
  const others = data?.items.filter((task) => !dismissed.has(concernOf(task)) && String(task.id) !== taskId) ?? [];
  const [newest] = others;

  useEffect(() => {
    if (!data) return;
    const concerns = new Set(data.items.map(concernOf));
    for (const concern of dismissed) if (!concerns.has(concern)) dismissed.delete(concern);
  }, [data]);

  if (!data || !newest) return null;
  const more = data.total - data.items.length + others.length - 1;

  return (
    <aside className="attention" data-status={newest.status} aria-label={t('attention.label')}>
      <div className="attention-bar">
        <TaskStatus task={newest} />
        <span className="attention-text">
          <Link to="/tasks/$taskId" params={{ taskId: String(newest.id) }}>
            {t(newest.source ? 'attention.taskOf' : 'attention.task', {
              id: newest.id,
              source: newest.source && labelOf(newest.source.name),
            })}
          </Link>{' '}
          <AttentionReason task={newest} />
        </span>
        {more > 0 && (
          <Link to="/tasks" search={{ attention: true }} className="attention-more">
            {t('attention.more', { count: more })}
          </Link>
        )}
        <button
          type="button"
          className="attention-dismiss"
          onClick={() => {
            dismissed.add(concernOf(newest));
            setDismissals((count) => count + 1);
          }}
        >
          <span aria-hidden="true">×</span>
          <span className="visually-hidden">{t('attention.dismiss', { id: newest.id })}</span>
        </button>
      </div>
    </aside>
  );
}

function AttentionReason({ task }: { task: Task }): ReactElement {
  const { t } = useTranslation();
  const text = useTaskText(task);
  const [doubt] = task.doubts ?? [];
  if (doubt && task.status === 'held') return <>{doubtText(t, doubt)}</>;
  const why = heldWhy(task);
  if (why) return <>{t(`heldReason.${why}`)}</>;
  return <>{text}</>;
}

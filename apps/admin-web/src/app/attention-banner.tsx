import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attentionQuery } from '../api/tasks';
import type { Task } from '../api/types';
import { doubtText } from '../i18n/doubt-text';
import { useTaskText } from '../i18n/use-task-text';
import { TaskStatus } from '../ui/task-status';
import { useSourceLabel } from '../ui/use-source-label';
import { usePolling } from './live-tasks';

/** What was waved away, as long as this tab lives; a task that fails again in another attempt comes back. */
const dismissed = new Set<string>();
const mark = ({ id, status, attempts }: Task): string => `${id}/${status}/${attempts}`;

/** On every page: the newest task that is held or has failed, and how many more there are. */
export function AttentionBanner(): ReactElement | null {
  const { t } = useTranslation();
  const { data } = useQuery({ ...attentionQuery, refetchInterval: usePolling() });
  const labelOf = useSourceLabel();
  const { taskId } = useParams({ strict: false });
  const [, setDismissals] = useState(0);
  const open = data?.items.filter((task) => !dismissed.has(mark(task))) ?? [];
  const [newest] = open;
  // Its own page says it all.
  if (!data || !newest || String(newest.id) === taskId) return null;
  const more = data.total - data.items.length + open.length - 1;

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
            dismissed.add(mark(newest));
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
  if (doubt) return <>{doubtText(t, doubt)}</>;
  if (task.heldReason) return <>{t(`heldReason.${task.heldReason}`)}</>;
  return <>{text}</>;
}

import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isPlanning } from '../../api/targets';
import type { Target } from '../../api/types';
import { Notice } from '../../ui/notice';
import { TaskLink } from '../../ui/task-link';
import { TaskStatus } from '../../ui/task-status';
import { useSourceLabel } from '../../ui/use-source-label';

/** First plans that somebody is to look at: before that, nothing of these sources reaches the target. */
export function Reviews({ target }: { target: Target }): ReactElement | null {
  const { t } = useTranslation();
  const labelOf = useSourceLabel();
  if (target.reviews.length === 0) return null;
  const waits = target.reviews.some(({ status }) => status === 'held');
  const title = isPlanning(target) ? 'planning' : waits ? 'title' : 'ended';
  const address = (task: number): string => `/tasks/${task}`;
  return (
    <Notice kind="warning" title={t(`targetReview.${title}`)}>
      <p>{t('targetReview.text')}</p>
      <ul className="target-reviews">
        {target.reviews.map(({ taskId, status, rejected, source }) => (
          <li key={source.id}>
            <span className="target-review-source">{labelOf(source.name)}</span>
            {status === 'held' ? (
              <Link to={address(taskId)}>{t('targetReview.look', { id: taskId })}</Link>
            ) : status === 'cancelled' || status === 'failed' ? (
              <Link to={address(taskId)}>{t('targetReview.again', { id: taskId })}</Link>
            ) : (
              <TaskLink id={taskId} />
            )}
            <TaskStatus task={{ status, rejected }} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

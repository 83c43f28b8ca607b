import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isGivenUp, isPlanning } from '../../api/targets';
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
        {target.reviews.map((review) => (
          <li key={review.source.id}>
            <span className="target-review-source">{labelOf(review.source.name)}</span>
            {review.status === 'held' ? (
              <Link to={address(review.taskId)}>{t('targetReview.look', { id: review.taskId })}</Link>
            ) : isGivenUp(review) ? (
              <Link to={address(review.taskId)}>{t('targetReview.again', { id: review.taskId })}</Link>
            ) : (
              <TaskLink id={review.taskId} />
            )}
            <TaskStatus task={review} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}

import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { isPlanning } from '../../api/targets';
import type { Target } from '../../api/types';
import { Notice } from '../../ui/notice';

/** First plans that somebody is to look at: before that, nothing of these sources reaches the target. */
export function Reviews({ target }: { target: Target }): ReactElement | null {
  const { t } = useTranslation();
  if (target.reviews.length === 0) return null;
  return (
    <Notice kind="warning" title={t(isPlanning(target) ? 'targetReview.planning' : 'targetReview.title')}>
      <p>{t('targetReview.text')}</p>
      <ul className="target-reviews">
        {target.reviews.map(({ taskId, status, source }) => (
          <li key={source.id}>
            <span className="target-review-source">{source.name}</span>
            <Link to={`/tasks/${taskId}` as string}>
              {t(status === 'held' ? 'targetReview.look' : 'targets.task', { id: taskId })}
            </Link>
            <span className="status" data-status={status}>
              {t(`status.${status}`)}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

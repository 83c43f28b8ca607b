import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { tasksQuery } from '../../api/tasks';
import type { Target, Task } from '../../api/types';
import { useTaskText } from '../../i18n/use-task-text';
import { Notice } from '../../ui/notice';
import { useSourceLabel } from '../../ui/use-source-label';

/** Later plans that wait for a decision, mostly because they go over a limit: what they hold does not come before. */
export function HeldPlans({ target }: { target: Target }): ReactElement | null {
  const { t } = useTranslation();
  const held = useQuery(tasksQuery({ targetId: target.id, status: 'held' }));
  const first = new Set(target.reviews.map(({ taskId }) => taskId));
  // A preview keeps nothing from anybody.
  const plans = held.data?.items.filter(({ id, heldReason }) => heldReason !== 'preview' && !first.has(id)) ?? [];
  if (plans.length === 0) return null;
  return (
    <Notice kind="warning" title={t('targetHeld.title')}>
      <p>{t('targetHeld.text')}</p>
      <ul className="target-reviews">
        {plans.map((plan) => (
          <HeldPlan key={plan.id} plan={plan} />
        ))}
      </ul>
    </Notice>
  );
}

function HeldPlan({ plan }: { plan: Task }): ReactElement {
  const { t } = useTranslation();
  const labelOf = useSourceLabel();
  const text = useTaskText(plan);
  const address = `/tasks/${plan.id}`;
  return (
    <li>
      {plan.source && <span className="target-review-source">{labelOf(plan.source.name)}</span>}
      <Link to={address}>{t('targetReview.look', { id: plan.id })}</Link>
      <span>{text}</span>
    </li>
  );
}

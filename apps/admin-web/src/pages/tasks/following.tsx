import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '../../api/types';
import { useElsewhere } from './use-elsewhere';

/** Which targets elsewhere a plan does not hold, and get all the same what it changes. */
export function Following({ task: { counts, source, target } }: { task: Task }): ReactElement | null {
  const { t } = useTranslation();
  const elsewhere = useElsewhere();
  if (!source || target) return null;
  const following = elsewhere.filter(
    ({ name, enabled, sources, reviews }) =>
      enabled &&
      !(name in counts) &&
      (!sources || sources.includes(source.id)) &&
      // Before its first plan of this source is approved nothing of that goes there.
      !reviews.some((review) => review.source.id === source.id),
  );
  if (following.length === 0) return null;
  return <p>{t('taskAct.approveElsewhere', { targets: following.map(({ name }) => name).join(', ') })}</p>;
}

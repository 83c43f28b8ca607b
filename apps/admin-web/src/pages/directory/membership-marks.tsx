import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserDepartment } from '../../api/types';
import { useSourceLabel } from '../../ui/use-source-label';

/** Main, owner: what a membership is beside being one. */
export function MembershipMarks({
  membership,
}: {
  membership: Pick<UserDepartment, 'isMain' | 'isOwner'>;
}): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      {membership.isMain && <span className="mark">{t('membership.main')}</span>}
      {membership.isOwner && <span className="mark">{t('membership.owner')}</span>}
    </>
  );
}

/** Who says so. */
export function MembershipOrigin({ membership }: { membership: UserDepartment }): ReactElement {
  const { t } = useTranslation();
  const sourceLabel = useSourceLabel();
  const sources = membership.sources.map((name) => t('link.from', { source: sourceLabel(name) }));
  return (
    <small className="muted">{[...(membership.byHand ? [t('membership.byHand')] : []), ...sources].join(' · ')}</small>
  );
}

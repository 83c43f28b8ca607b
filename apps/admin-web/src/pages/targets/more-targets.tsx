import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../ui/use-may';
import { useTargetAdapters } from './target-adapters';

/** There are only the two that came with Rollcall: what others could be, and how to get one. */
export function MoreTargets(): ReactElement | null {
  const { t } = useTranslation();
  const { adapters } = useTargetAdapters();
  const isAdmin = useMay('admin');
  if (!adapters) return null;
  const titles = adapters.map(({ title }) => title);
  return (
    <section className="more-targets" aria-labelledby="more-targets-title">
      <h2 id="more-targets-title">{t('targets.moreTitle')}</h2>
      <p>{t('targets.moreText')}</p>
      <p className="muted">
        {titles.length === 0
          ? t('targets.moreInstall')
          : t(isAdmin ? 'targets.moreInstalled' : 'targets.moreByAdmin', { names: titles.join(', ') })}
      </p>
    </section>
  );
}

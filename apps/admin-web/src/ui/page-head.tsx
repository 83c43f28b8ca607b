import type { ReactElement, ReactNode } from 'react';
import { usePageTitle } from './use-page-title';

interface PageHeadProps {
  title: string;
  intro?: ReactNode;
  /** What can be done here; the most likely one first. */
  actions?: ReactNode;
}

/** A page's heading, which names the browser tab, too. */
export function PageHead({ title, intro, actions }: PageHeadProps): ReactElement {
  usePageTitle(title);
  return (
    <div className="page-head">
      <div>
        <h1>{title}</h1>
        {intro !== undefined && <p className="muted">{intro}</p>}
      </div>
      {actions !== undefined && <div className="page-actions">{actions}</div>}
    </div>
  );
}

import type { ReactElement, ReactNode } from 'react';
import './back.css';

/** The link above a page's heading that leads to the list it belongs to. */
export function Back({ className = '', children }: { className?: string; children: ReactNode }): ReactElement {
  return <p className={`back ${className}`.trim()}>{children}</p>;
}

import type { ReactElement, ReactNode } from 'react';

interface NoticeProps {
  kind: 'error' | 'warning' | 'good' | 'info';
  title?: ReactNode;
  children: ReactNode;
  /** A button that does what the text says. */
  action?: ReactNode;
}

/** A message in the page. Errors interrupt a screen reader, the others wait for its pause. */
export function Notice({ kind, title, children, action }: NoticeProps): ReactElement {
  return (
    <div className={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <div>
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
      {action}
    </div>
  );
}

import type { ReactElement } from 'react';
import './adapter-icon.css';

/** How far the eye has to look for what it knows; a plug for an adapter without a face of its own. */
export function AdapterIcon({ icon, size = 32 }: { icon: string | null | undefined; size?: number }): ReactElement {
  if (icon) return <img className="adapter-icon" src={icon} alt="" width={size} height={size} />;
  return (
    <svg
      className="adapter-icon adapter-icon-none"
      width={size}
      height={size}
      viewBox="-8 -8 40 40"
      aria-hidden="true"
      focusable="false"
    >
      <path d="M9 2v6M15 2v6M5 8h14v3a7 7 0 0 1-14 0zM12 18v4" />
    </svg>
  );
}

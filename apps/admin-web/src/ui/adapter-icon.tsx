import type { ReactElement } from 'react';
import './adapter-icon.css';

/** How far the eye has to look for what it knows. */
export function AdapterIcon({ icon, size = 32 }: { icon: string | null | undefined; size?: number }): ReactElement {
  if (icon) return <img className="adapter-icon" src={icon} alt="" width={size} height={size} />;
  return <span className="adapter-icon adapter-icon-none" style={{ width: size, height: size }} aria-hidden="true" />;
}

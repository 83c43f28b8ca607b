import type { ReactElement } from 'react';

/** The mark: a list whose first entry has been called. */
export function Logo({ size = 28 }: { size?: number }): ReactElement {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="var(--accent-fill)" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7.5 10.5l2 2 3.6-4M17 10.5h8M17 16.5h8M17 22.5h8" />
      </g>
      <circle cx="10.2" cy="16.5" r="1.7" fill="#fff" />
      <circle cx="10.2" cy="22.5" r="1.7" fill="#fff" />
    </svg>
  );
}

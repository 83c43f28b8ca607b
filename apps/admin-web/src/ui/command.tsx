import type { ReactElement } from 'react';
import { CopyButton } from './copy-button';

/** Text to be taken along as it stands. */
export function Command({ label, text }: { label: string; text: string }): ReactElement {
  return (
    <div className="command">
      <pre tabIndex={0} role="region" aria-label={label}>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} />
    </div>
  );
}

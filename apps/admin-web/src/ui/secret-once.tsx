import type { ReactElement, ReactNode } from 'react';
import { Command } from './command';
import './secret-once.css';

interface SecretOnceProps {
  /** What it is. */
  label: string;
  secret: string;
  /** What to do with it. */
  children: ReactNode;
}

/** Something that shows here and never again. It is not kept anywhere: closing is forgetting. */
export function SecretOnce({ label, secret, children }: SecretOnceProps): ReactElement {
  return (
    <div className="secret-once">
      {children}
      <Command label={label} text={secret} />
    </div>
  );
}

import { type ReactElement, type ReactNode, useState } from 'react';
import './folded.css';

interface FoldedProps {
  title: string;
  /** Something inside has to be seen: it opens by itself. */
  wrong: boolean;
  /** It is open at first, because somebody has set something inside. */
  used?: boolean;
  children: ReactNode;
}

/** Settings that are rarely needed, behind a line that opens them. */
export function Folded({ title, wrong, used = false, children }: FoldedProps): ReactElement {
  const [unfolded, setUnfolded] = useState(used);
  return (
    <details className="folded" open={wrong || unfolded} onToggle={(event) => setUnfolded(event.currentTarget.open)}>
      <summary>{title}</summary>
      <div className="folded-content">{children}</div>
    </details>
  );
}

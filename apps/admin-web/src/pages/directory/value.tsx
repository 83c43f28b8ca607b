import type { ReactElement } from 'react';
import { valueText } from './value-text';

/** From so many characters on a value is folded. */
const LONG = 160;

/** A value of any JSON type; a long one opens. */
export function Value({ value }: { value: unknown }): ReactElement {
  const text = valueText(value);
  if (text === undefined) return <span className="muted">–</span>;
  if (text.length <= LONG) return <span className="value">{text}</span>;
  return (
    <details className="value">
      <summary>{text.slice(0, LONG / 2)}…</summary>
      {text}
    </details>
  );
}

import type { ReactElement } from 'react';
import { useValueWords } from '../../ui/use-value-words';
import { type ValueNames, valueText } from '../../ui/value-text';

/** From so many characters on a value is folded. */
const LONG = 160;

interface ValueProps {
  value: unknown;
  names?: ValueNames;
}

/** A value of any JSON type; a long one opens. */
export function Value({ value, names }: ValueProps): ReactElement {
  const words = useValueWords();
  const text = value === undefined || value === null ? '' : valueText(value, words, names);
  if (text === '') return <span className="muted">–</span>;
  if (text.length <= LONG) return <span className="value">{text}</span>;
  return (
    <details className="value">
      <summary>{text.slice(0, LONG / 2)}…</summary>
      {text}
    </details>
  );
}

import { type ReactElement, useEffect, useState } from 'react';

/** How long somebody must have stopped typing. */
const PAUSE_MS = 300;

interface SearchBoxProps {
  label: string;
  /** What stands in the empty field: a part of the label, where that is too long. */
  placeholder?: string;
  /** What the address says. */
  value: string | undefined;
  /** Undefined: nothing is searched for. */
  onChange: (value: string | undefined) => void;
}

/** A search field that follows the address and is followed by it, a moment after the last key. */
export function SearchBox({ label, placeholder = label, value = '', onChange }: SearchBoxProps): ReactElement {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  // What was asked for here: when the address says the same a moment later, somebody may have typed on already.
  const [asked, setAsked] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== asked) {
      setAsked(value);
      setText(value);
    }
  }
  const wanted = text.trim();

  useEffect(() => {
    if (wanted === asked) return undefined;
    const timer = setTimeout(() => {
      setAsked(wanted);
      onChange(wanted || undefined);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, asked, onChange]);

  return (
    <input
      type="search"
      className="list-search"
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

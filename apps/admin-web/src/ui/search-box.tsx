import { type ReactElement, useEffect, useState } from 'react';

/** How long somebody must have stopped typing. */
const PAUSE_MS = 300;

interface SearchBoxProps {
  label: string;
  /** What the address says. */
  value: string | undefined;
  /** Undefined: nothing is searched for. */
  onChange: (value: string | undefined) => void;
}

/** A search field that follows the address and is followed by it, a moment after the last key. */
export function SearchBox({ label, value = '', onChange }: SearchBoxProps): ReactElement {
  const [text, setText] = useState(value);
  // What the address said last, or was told to say: only something else came from elsewhere.
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  const wanted = text.trim();

  useEffect(() => {
    if (wanted === known) return undefined;
    const timer = setTimeout(() => {
      setKnown(wanted);
      onChange(wanted || undefined);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted, known, onChange]);

  return (
    <input
      type="search"
      className="list-search"
      aria-label={label}
      placeholder={label}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

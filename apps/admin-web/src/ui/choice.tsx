import { type ReactElement, useId } from 'react';

interface ChoiceProps<T extends string | number> {
  /** For screen readers: the choices themselves say the rest. */
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}

/** What the address names is chosen before the names are there, and when it is not among them any more. */
export function withChosen(id: number | undefined, options: { value: number; label: string }[]): typeof options {
  if (id === undefined || options.some(({ value }) => value === id)) return options;
  return [...options, { value: id, label: `#${id}` }];
}

/** One of a few, without a visible label. */
export function Choice<T extends string | number>({ label, value, options, onChange }: ChoiceProps<T>): ReactElement {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => {
          const chosen = options[event.target.selectedIndex];
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </>
  );
}

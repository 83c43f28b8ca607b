import { type ReactElement, type ReactNode, useId } from 'react';
import './options.css';

export interface Option<T extends string> {
  value: T;
  label: ReactNode;
  /** What choosing it means. */
  help: ReactNode;
  disabled?: boolean;
}

interface OptionsProps<T extends string> {
  legend: string;
  options: readonly Option<T>[];
  error?: string | undefined;
}

/** Some of a few, each explained. */
export function Checkboxes<T extends string>(
  props: OptionsProps<T> & { values: readonly T[]; onChange: (values: T[]) => void },
): ReactElement {
  const { values, onChange, ...rest } = props;
  const toggle = (value: T): void =>
    onChange(values.includes(value) ? values.filter((other) => other !== value) : [...values, value]);
  return <Options {...rest} type="checkbox" isChosen={(value) => values.includes(value)} onChoose={toggle} />;
}

/** One of a few, each explained. */
export function Radios<T extends string>(
  props: OptionsProps<T> & { value: T | undefined; onChange: (value: T) => void },
): ReactElement {
  const { value: chosen, onChange, ...rest } = props;
  return <Options {...rest} type="radio" isChosen={(value) => value === chosen} onChoose={onChange} />;
}

function Options<T extends string>({
  legend,
  options,
  error,
  type,
  isChosen,
  onChoose,
}: OptionsProps<T> & {
  type: 'checkbox' | 'radio';
  isChosen: (value: T) => boolean;
  onChoose: (value: T) => void;
}): ReactElement {
  const id = useId();
  return (
    <fieldset className="options" aria-describedby={`${id}-error`}>
      <legend>{legend}</legend>
      {options.map(({ value, label, help, disabled = false }) => (
        <label key={value} className="option">
          <input
            type={type}
            name={id}
            value={value}
            checked={isChosen(value)}
            disabled={disabled}
            aria-invalid={error !== undefined}
            onChange={() => onChoose(value)}
          />
          <span>
            <strong>{label}</strong>
            <small>{help}</small>
          </span>
        </label>
      ))}
      <div id={`${id}-error`} className="field-error" aria-live="polite">
        {error}
      </div>
    </fieldset>
  );
}

import { type InputHTMLAttributes, type ReactElement, type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './fields.css';

interface FieldProps {
  id: string;
  label: ReactNode;
  /** What is wrong with it. */
  error?: ReactNode;
  /** Something to know while typing, such as that Caps Lock is on. */
  hint?: string | undefined;
  /** What to enter; always there. */
  help?: ReactNode;
  children: ReactNode;
}

/** A label, an input, and below it what is wrong with it. The input is described by `${id}-hint`. */
export function Field({ id, label, error, hint, help, children }: FieldProps): ReactElement {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-input">{children}</div>
      {help !== undefined && (
        <div id={`${id}-help`} className="field-help">
          {help}
        </div>
      )}
      <div id={`${id}-hint`} aria-live="polite">
        {error !== undefined && <div className="field-error">{error}</div>}
        {hint !== undefined && <div className="field-hint">{hint}</div>}
      </div>
    </div>
  );
}

type InputProps = Omit<FieldProps, 'children'> &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'type'> & {
    id: string;
    inputRef?: RefObject<HTMLInputElement | null>;
    invalid?: boolean;
  };

/** What both kinds of input have in common. */
function inputProps({ id, invalid, error, help }: Pick<InputProps, 'id' | 'invalid' | 'error' | 'help'>) {
  return {
    id,
    autoCapitalize: 'none',
    autoCorrect: 'off',
    spellCheck: false,
    'aria-invalid': invalid ?? error !== undefined,
    'aria-describedby': help === undefined ? `${id}-hint` : `${id}-help ${id}-hint`,
  };
}

export function TextField(props: InputProps): ReactElement {
  const { id, label, inputRef, invalid, error, hint, help, ...rest } = props;
  return (
    <Field id={id} label={label} error={error} hint={hint} help={help}>
      <input ref={inputRef} type="text" {...inputProps(props)} {...rest} />
    </Field>
  );
}

/** A password that can be looked at. */
export function PasswordField(props: InputProps): ReactElement {
  const { id, label, inputRef, invalid, error, hint, help, ...rest } = props;
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field id={id} label={label} error={error} hint={hint} help={help}>
      <input ref={inputRef} type={shown ? 'text' : 'password'} {...inputProps(props)} {...rest} />
      <button
        type="button"
        aria-controls={id}
        aria-label={t(shown ? 'signIn.hidePassword' : 'signIn.showPassword')}
        onClick={() => setShown(!shown)}
      >
        {t(shown ? 'signIn.hide' : 'signIn.show')}
      </button>
    </Field>
  );
}

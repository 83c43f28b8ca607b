import { type KeyboardEventHandler, type ReactElement, type ReactNode, type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface FieldProps {
  id: string;
  label: string;
  inputRef: RefObject<HTMLInputElement | null>;
  invalid: boolean;
  error: string | undefined;
}

/** A label, an input, and below it what is wrong with it. */
export function TextField(
  props: FieldProps & { name: string; autoComplete: string; autoFocus?: boolean },
): ReactElement {
  const { id, label, inputRef, invalid, error, ...rest } = props;
  return (
    <Field id={id} label={label} error={error}>
      <input
        id={id}
        ref={inputRef}
        type="text"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        maxLength={255}
        aria-required="true"
        aria-invalid={invalid}
        aria-describedby={`${id}-hint`}
        {...rest}
      />
    </Field>
  );
}

/** A password that can be looked at. */
export function PasswordField(
  props: FieldProps & { hint: string | undefined; onKeyUp: KeyboardEventHandler },
): ReactElement {
  const { id, label, inputRef, invalid, error, hint, onKeyUp } = props;
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <Field id={id} label={label} error={error} hint={hint}>
      <input
        id={id}
        ref={inputRef}
        name="password"
        type={shown ? 'text' : 'password'}
        autoComplete="current-password"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        aria-required="true"
        aria-invalid={invalid}
        aria-describedby={`${id}-hint`}
        onKeyUp={onKeyUp}
      />
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

interface FrameProps {
  id: string;
  label: string;
  error: string | undefined;
  hint?: string | undefined;
  children: ReactNode;
}

function Field({ id, label, error, hint, children }: FrameProps): ReactElement {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-input">{children}</div>
      <div id={`${id}-hint`} aria-live="polite">
        {error !== undefined && <div className="field-error">{error}</div>}
        {hint !== undefined && <div className="field-hint">{hint}</div>}
      </div>
    </div>
  );
}

import { type ReactElement, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';

interface PartProps {
  title: string;
  text?: ReactNode;
  children: ReactNode;
}

/** Settings that belong together. */
export function Part({ title, text, children }: PartProps): ReactElement {
  const id = useId();
  return (
    <section className="card card-padded source-part" aria-labelledby={id}>
      <div>
        <h2 id={id}>{title}</h2>
        {text !== undefined && <p className="muted source-part-text">{text}</p>}
      </div>
      {children}
    </section>
  );
}

interface LineProps {
  id: string;
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  children: (attributes: {
    id: string;
    'aria-invalid': boolean;
    'aria-describedby': string;
    'aria-required'?: true;
  }) => ReactElement;
}

/** A label, the help to it, the control, and below it what is wrong. */
export function Line({ id, label, help, error, required = false, children }: LineProps): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="form-field">
      <div className="form-label">
        <label htmlFor={id}>{label}</label>
        {required && <small className="muted">{t('form.required')}</small>}
      </div>
      {help !== undefined && (
        <p id={`${id}-help`} className="form-help">
          {help}
        </p>
      )}
      {children({
        id,
        'aria-invalid': error !== undefined,
        'aria-describedby': `${help === undefined ? '' : `${id}-help `}${id}-error`,
        ...(required && { 'aria-required': true }),
      })}
      <div id={`${id}-error`} className="form-errors" aria-live="polite">
        {error}
      </div>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { sourceNamesQuery } from '../../api/names';
import { ProblemNotice } from '../../ui/problem-notice';

interface SourceChoiceProps {
  /** Null: all of them, also those that will be added. */
  value: number[] | null;
  onChange: (sources: number[] | null) => void;
  error: string | undefined;
  disabled: boolean;
}

/** Whose records the target gets. */
export function SourceChoice({ value, onChange, error, disabled }: SourceChoiceProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const sources = useQuery(sourceNamesQuery);
  const toggle = (source: number): void => {
    // One that was deleted cannot be chosen any more, nor taken away.
    const chosen = (value ?? []).filter((other) => sources.data?.some(({ id: there }) => there === other) ?? true);
    onChange(chosen.includes(source) ? chosen.filter((other) => other !== source) : [...chosen, source]);
  };
  return (
    <fieldset className="target-part" aria-describedby={`${id}-help ${id}-error`}>
      <legend>{t('targetForm.sources')}</legend>
      <p id={`${id}-help`} className="form-help">
        {t('targetForm.sourcesHelp')}
      </p>
      <label className="form-tick">
        <input type="radio" name={id} checked={value === null} disabled={disabled} onChange={() => onChange(null)} />
        {t('targetForm.everySource')}
      </label>
      <label className="form-tick">
        <input type="radio" name={id} checked={value !== null} disabled={disabled} onChange={() => onChange([])} />
        {t('targetForm.someSources')}
      </label>
      {value !== null && (
        <div className="target-source-list" role="group" aria-label={t('targetForm.someSources')}>
          {sources.isError && !sources.data && (
            <ProblemNotice error={sources.error} title={t('list.failed')} onRetry={() => void sources.refetch()} />
          )}
          {sources.data?.map((source) => (
            <label key={source.id} className="form-tick">
              <input
                type="checkbox"
                checked={value.includes(source.id)}
                disabled={disabled}
                onChange={() => toggle(source.id)}
              />
              {source.label}
            </label>
          ))}
        </div>
      )}
      <div id={`${id}-error`} className="form-errors" aria-live="polite">
        {error}
      </div>
    </fieldset>
  );
}

import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { adaptersQuery } from '../../api/adapters';
import { allSourcesQuery } from '../../api/all-sources';
import { SCOPES, type Source } from '../../api/types';
import { fieldText } from '../../i18n/field-text';
import { Field, TextField } from '../../ui/fields';
import { Checkboxes } from '../../ui/options';
import { LIFETIMES } from './expiry';
import { canBind, type KeyDraft, type KeyProblems } from './key-draft';

interface KeyFormProps {
  draft: KeyDraft;
  /** What is missing, once somebody tried to send it. */
  problems: KeyProblems;
  /** Why the service refused it. */
  error: unknown;
  onChange: (change: Partial<KeyDraft>) => void;
}

export function KeyForm({ draft, problems, error, onChange }: KeyFormProps): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const problem = (field: keyof KeyProblems): string | undefined => {
    const missing = problems[field];
    return missing && t(`apiKeys.${missing}`);
  };
  const dayError = problem('day') ?? fieldText(t, error, '/expiresAt');
  return (
    <>
      <TextField
        id={`${id}-name`}
        label={t('apiKeys.nameField')}
        help={t('apiKeys.nameHelp')}
        value={draft.name}
        autoComplete="off"
        error={problem('name') ?? fieldText(t, error, '/name')}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <Checkboxes
        legend={t('apiKeys.scopesField')}
        options={SCOPES.map((value) => ({ value, label: t(`keyScope.${value}`), help: t(`keyScopeHelp.${value}`) }))}
        values={draft.scopes}
        error={problem('scopes')}
        onChange={(scopes) => onChange({ scopes })}
      />
      {canBind(draft.scopes) && (
        <SourceField
          id={`${id}-source`}
          value={draft.sourceId}
          error={fieldText(t, error, '/sourceId')}
          onChange={(sourceId) => onChange({ sourceId })}
        />
      )}
      <Field id={`${id}-lifetime`} label={t('apiKeys.lifetimeField')}>
        <select
          id={`${id}-lifetime`}
          className="select"
          value={draft.lifetime}
          onChange={(event) => onChange({ lifetime: LIFETIMES[event.target.selectedIndex] ?? 'never' })}
        >
          {LIFETIMES.map((lifetime) => (
            <option key={lifetime} value={lifetime}>
              {t(`keyLifetime.${lifetime}`)}
            </option>
          ))}
        </select>
      </Field>
      {draft.lifetime === 'date' && (
        <Field id={`${id}-day`} label={t('apiKeys.dayField')} error={dayError}>
          <input
            id={`${id}-day`}
            type="date"
            value={draft.day}
            aria-invalid={dayError !== undefined}
            aria-describedby={`${id}-day-hint`}
            onChange={(event) => onChange({ day: event.target.value })}
          />
        </Field>
      )}
    </>
  );
}

interface SourceFieldProps {
  id: string;
  value: number | null;
  error: string | undefined;
  onChange: (value: number | null) => void;
}

function SourceField({ id, value, error, onChange }: SourceFieldProps): ReactElement {
  const { t } = useTranslation();
  const sources = useQuery(allSourcesQuery);
  const adapters = useQuery(adaptersQuery).data;
  const takesPushes = ({ type }: Source): boolean =>
    adapters?.some((adapter) => adapter.id === type && adapter.kind === 'source' && !adapter.capabilities.pull) ??
    false;
  return (
    <Field
      id={id}
      label={t('apiKeys.sourceField')}
      help={t('apiKeys.sourceHelp')}
      error={error ?? (sources.isError ? t('apiKeys.sourcesFailed') : undefined)}
    >
      <select
        id={id}
        className="select"
        value={value ?? ''}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-help ${id}-hint`}
        onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
      >
        <option value="">{t('apiKeys.anySourceOption')}</option>
        {sources.data?.filter(takesPushes).map((source) => (
          <option key={source.id} value={source.id}>
            {source.displayName === source.name ? source.name : `${source.displayName} (${source.name})`}
          </option>
        ))}
      </select>
    </Field>
  );
}

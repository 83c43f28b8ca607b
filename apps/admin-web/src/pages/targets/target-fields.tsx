import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../api/types';
import { SchemaForm } from '../../ui/schema-form/schema-form';
import type { TargetAdapter } from './target-adapters';
import { LimitFields } from './limit-fields';
import { SourceChoice } from './source-choice';
import type { TargetDraft } from './target-draft';

interface TargetFieldsProps {
  adapter: TargetAdapter;
  draft: TargetDraft;
  onChange: (draft: TargetDraft) => void;
  /** What is wrong with which field, by JSON pointer. */
  errors: NonNullable<Problem['errors']>;
  secretsSet?: readonly string[];
  disabled?: boolean;
}

/** Everything about a target that can be changed later, too. */
export function TargetFields(props: TargetFieldsProps): ReactElement {
  const { t } = useTranslation();
  const { adapter, draft, onChange, errors, secretsSet = [], disabled = false } = props;
  const wrongLimits = errors.map(({ pointer }) => pointer).filter((pointer) => pointer.startsWith('/limits/'));
  const wrongSource = errors.find(({ pointer }) => pointer.startsWith('/sources'));
  return (
    <>
      <SchemaForm
        schema={adapter.configSchema}
        value={draft.options}
        onChange={(options) => onChange({ ...draft, options })}
        errors={errors}
        secretsSet={secretsSet}
        disabled={disabled}
      />
      <SourceChoice
        value={draft.sources}
        onChange={(sources) => onChange({ ...draft, sources })}
        error={wrongSource && (wrongSource.code === 'exists' ? t('targetForm.sourceGone') : t('targetForm.noSource'))}
        disabled={disabled}
      />
      {adapter.capabilities.remote === true && (
        <LimitFields
          limits={draft.limits}
          onChange={(limits) => onChange({ ...draft, limits })}
          wrong={wrongLimits}
          disabled={disabled}
        />
      )}
    </>
  );
}

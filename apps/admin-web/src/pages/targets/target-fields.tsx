import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionCheck } from '../../ui/connection-check';
import { SchemaForm } from '../../ui/schema-form/schema-form';
import type { AdapterForm } from '../../ui/use-adapter-form';
import type { TargetAdapter } from './target-adapters';
import { LimitFields } from './limit-fields';
import { SourceChoice } from './source-choice';
import type { TargetDraft } from './target-draft';

interface TargetFieldsProps {
  adapter: TargetAdapter;
  draft: TargetDraft;
  onChange: (draft: TargetDraft) => void;
  form: AdapterForm;
  secretsSet?: readonly string[];
  disabled?: boolean;
}

/** Everything about a target that can be changed later, too. */
export function TargetFields(props: TargetFieldsProps): ReactElement {
  const { t } = useTranslation();
  const { adapter, draft, onChange, form, secretsSet = [], disabled = false } = props;
  const { errors } = form;
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
      {adapter.capabilities.check && !disabled && <ConnectionCheck form={form} />}
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

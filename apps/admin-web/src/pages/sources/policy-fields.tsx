import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { LimitLines } from '../../ui/limit-lines';
import { Line, Part } from './fields';
import { LIMITED, type SourceDraft } from './source-draft';

interface PolicyFieldsProps {
  draft: SourceDraft;
  onChange: (change: Partial<SourceDraft>) => void;
  errorAt: (pointer: string) => string | undefined;
  disabled: boolean;
}

const USER = ['delete', 'disable', 'keep'] as const;
/** A department has no disabled state. */
const DEPARTMENT = ['delete', 'keep'] as const;
const WHENS = ['onDeleted', 'onMissing'] as const;

/** What becomes of those who are gone at the source. */
export function LeavingFields({ draft, onChange, errorAt, disabled }: PolicyFieldsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Part title={t('policy.title')} text={t('policy.text')}>
      {(['user', 'department'] as const).flatMap((dataType) =>
        WHENS.map((when) => (
          <Line key={dataType + when} id={`source-${dataType}-${when}`} label={t(`policy.${dataType}_${when}`)}>
            {(attributes) => (
              <select
                {...attributes}
                className="select form-select"
                disabled={disabled}
                value={draft[dataType][when]}
                onChange={(event) => onChange({ [dataType]: { ...draft[dataType], [when]: event.target.value } })}
              >
                {(dataType === 'user' ? USER : DEPARTMENT).map((policy) => (
                  <option key={policy} value={policy}>
                    {t(`policy.${policy}`)}
                  </option>
                ))}
              </select>
            )}
          </Line>
        )),
      )}
      <Line
        id="source-grace"
        label={t('policy.graceDays')}
        help={t('policy.graceHelp')}
        error={errorAt('/policies/graceDays')}
      >
        {(attributes) => (
          <input
            {...attributes}
            className="form-input"
            data-narrow
            inputMode="numeric"
            disabled={disabled}
            value={draft.graceDays}
            onChange={(event) => onChange({ graceDays: event.target.value })}
          />
        )}
      </Line>
    </Part>
  );
}

/** How much one task may take away. */
export function LimitFields({ draft: { limits }, onChange, errorAt, disabled }: PolicyFieldsProps): ReactElement {
  const { t } = useTranslation();
  return (
    <Part title={t('limit.title')} text={t('limit.text')}>
      <LimitLines
        kinds={LIMITED}
        limits={limits}
        onChange={(changed) => onChange({ limits: changed })}
        isWrong={(kind, part) => errorAt(`/policies/limits/${kind}/${part}`) !== undefined}
        percentOf={t('limit.percent')}
        disabled={disabled}
      />
    </Part>
  );
}

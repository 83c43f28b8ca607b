import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { Limit } from '../../api/types';
import type { LimitDraft } from '../../ui/limit-draft';
import { Line, Part } from './fields';
import { LIMITED, type Limited, type SourceDraft } from './source-draft';

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

/** How much one task may take away, as sentences with the numbers in them. */
export function LimitFields({ draft: { limits }, onChange, errorAt, disabled }: PolicyFieldsProps): ReactElement {
  const { t } = useTranslation();
  const set = (kind: Limited, change: Partial<LimitDraft>): void =>
    onChange({ limits: { ...limits, [kind]: { ...limits[kind], ...change } } });
  const number = (kind: Limited, part: keyof Limit): ReactElement => (
    <input
      className="form-input source-limit-input"
      inputMode="decimal"
      autoComplete="off"
      aria-label={t(`limit.${kind}_${part}`)}
      aria-invalid={errorAt(`/policies/limits/${kind}/${part}`) !== undefined}
      disabled={disabled}
      value={limits[kind][part]}
      onChange={(event) => set(kind, { [part]: event.target.value })}
    />
  );
  const wrong = LIMITED.some((kind) =>
    (['count', 'percent'] as const).some((part) => errorAt(`/policies/limits/${kind}/${part}`) !== undefined),
  );
  return (
    <Part title={t('limit.title')} text={t('limit.text')}>
      {LIMITED.map((kind) => (
        <div key={kind} className="source-limit">
          <span className="source-limit-kind">{t(`limit.${kind}`)}</span>
          <span>
            {t('limit.over')} {number(kind, 'count')} {t('limit.or')} {number(kind, 'percent')} {t('limit.percent')}
          </span>
        </div>
      ))}
      <p className="form-errors" role="alert">
        {wrong && t('limit.wrong')}
      </p>
    </Part>
  );
}

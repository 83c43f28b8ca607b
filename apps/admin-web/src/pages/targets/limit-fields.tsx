import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Limit } from '../../api/types';
import type { LimitDraft } from '../../ui/limit-draft';
import { LIMITED, type Limited, type TargetDraft } from './target-draft';

interface LimitFieldsProps {
  limits: TargetDraft['limits'];
  onChange: (limits: TargetDraft['limits']) => void;
  /** JSON pointers of what is no number. */
  wrong: readonly string[];
  disabled: boolean;
}

/** How much one task may take away there, as sentences with the numbers in them. */
export function LimitFields({ limits, onChange, wrong, disabled }: LimitFieldsProps): ReactElement {
  const { t } = useTranslation();
  const help = useId();
  const set = (kind: Limited, change: Partial<LimitDraft>): void =>
    onChange({ ...limits, [kind]: { ...limits[kind], ...change } });
  return (
    <fieldset className="target-part" aria-describedby={help}>
      <legend>{t('targetForm.limits')}</legend>
      <p id={help} className="form-help">
        {t('targetForm.limitsHelp')}
      </p>
      {LIMITED.map((kind) => {
        const number = (part: keyof Limit): ReactElement => (
          <LimitInput
            label={t(`targetForm.${kind}_${part}`)}
            value={limits[kind][part]}
            invalid={wrong.includes(`/limits/${kind}/${part}`)}
            disabled={disabled}
            onChange={(value) => set(kind, { [part]: value })}
          />
        );
        return (
          <div key={kind} className="limit-line">
            <span className="limit-kind">{t(`targetForm.${kind}`)}</span>
            <span className="limit-numbers">
              {t('targetForm.over')} {number('count')} {t('targetForm.or')} {number('percent')}{' '}
              {t('targetForm.percentOf')}
            </span>
          </div>
        );
      })}
      <p className="form-errors" role="alert">
        {wrong.length > 0 && t('targetForm.limitWrong')}
      </p>
    </fieldset>
  );
}

interface LimitInputProps {
  label: string;
  value: string;
  invalid: boolean;
  disabled: boolean;
  onChange: (value: string) => void;
}

function LimitInput({ label, value, invalid, disabled, onChange }: LimitInputProps): ReactElement {
  return (
    <input
      className="form-input limit-input"
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={invalid}
      disabled={disabled}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

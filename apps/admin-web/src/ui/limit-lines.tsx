import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Limit } from '../api/types';
import type { LimitDraft } from './limit-draft';
import './limit-lines.css';

type Kind = 'deletes' | 'disables' | 'memberships' | 'cleared';

interface LimitLinesProps<Limited extends Kind> {
  kinds: readonly Limited[];
  limits: Record<Limited, LimitDraft>;
  onChange: (limits: Record<Limited, LimitDraft>) => void;
  /** Whether a part of a limit is no number. */
  isWrong: (kind: Limited, part: keyof Limit) => boolean;
  /** What follows the second number: "% of what the source has". */
  percentOf: string;
  disabled: boolean;
}

/** How much one task may take away, as sentences with the numbers in them. */
export function LimitLines<Limited extends Kind>(props: LimitLinesProps<Limited>): ReactElement {
  const { kinds, limits, onChange, isWrong, percentOf, disabled } = props;
  const { t } = useTranslation();
  const errors = useId();
  const number = (kind: Limited, part: keyof Limit): ReactElement => (
    <input
      className="form-input limit-input"
      inputMode="decimal"
      autoComplete="off"
      aria-label={t(`limit.${kind}_${part}`)}
      aria-invalid={isWrong(kind, part)}
      aria-describedby={isWrong(kind, part) ? errors : undefined}
      disabled={disabled}
      value={limits[kind][part]}
      onChange={(event) => onChange({ ...limits, [kind]: { ...limits[kind], [part]: event.target.value } })}
    />
  );
  const wrong = kinds.some((kind) => isWrong(kind, 'count') || isWrong(kind, 'percent'));
  return (
    <>
      {kinds.map((kind) => (
        <div key={kind} className="limit-line">
          <span className="limit-kind">{t(`limit.${kind}`)}</span>
          <span>
            {t('limit.over')} {number(kind, 'count')} {t('limit.or')} {number(kind, 'percent')} {percentOf}
          </span>
        </div>
      ))}
      <p className="form-errors" role="alert" id={errors}>
        {wrong && t('limit.wrong')}
      </p>
    </>
  );
}

import { type ReactElement, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { LimitLines } from '../../ui/limit-lines';
import { LIMITED, type TargetDraft } from './target-draft';

interface LimitFieldsProps {
  limits: TargetDraft['limits'];
  onChange: (limits: TargetDraft['limits']) => void;
  /** JSON pointers of what is no number. */
  wrong: readonly string[];
  disabled: boolean;
}

/** How much one task may take away there. */
export function LimitFields({ limits, onChange, wrong, disabled }: LimitFieldsProps): ReactElement {
  const { t } = useTranslation();
  const help = useId();
  return (
    <fieldset className="target-part" aria-describedby={help}>
      <legend>{t('limit.title')}</legend>
      <p id={help} className="form-help">
        {t('limit.text')}
      </p>
      <LimitLines
        kinds={LIMITED}
        limits={limits}
        onChange={onChange}
        isWrong={(kind, part) => wrong.includes(`/limits/${kind}/${part}`)}
        percentOf={t('limit.percentThere')}
        disabled={disabled}
      />
    </fieldset>
  );
}

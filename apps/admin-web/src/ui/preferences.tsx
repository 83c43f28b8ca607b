import { type ReactElement, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage } from '../i18n/i18n';
import { LANGUAGE_CODES, LANGUAGES } from '../i18n/languages';
import { chooseTheme, THEMES, useTheme } from '../theme/theme';

/** Language and appearance, as two native selects: they work everywhere, sign-in page and phone included. */
export function Preferences(): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="preferences">
      <LanguageSelect label={t('app.language')} />
      <ThemeSelect label={t('app.theme')} />
    </div>
  );
}

function LanguageSelect({ label }: { label: string }): ReactElement {
  const { t, i18n } = useTranslation();
  const [failed, setFailed] = useState(false);
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={i18n.language}
        onChange={(event) => {
          const language = LANGUAGE_CODES.find((code) => code === event.target.value);
          if (!language) return;
          chooseLanguage(language).then(
            () => setFailed(false),
            () => setFailed(true),
          );
        }}
      >
        {LANGUAGE_CODES.map((code) => (
          <option key={code} value={code} lang={code}>
            {LANGUAGES[code]}
          </option>
        ))}
      </select>
      {failed && (
        <small role="alert" className="muted">
          {t('problem.unreachable')}
        </small>
      )}
    </div>
  );
}

function ThemeSelect({ label }: { label: string }): ReactElement {
  const { t } = useTranslation();
  const id = useId();
  const theme = useTheme();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={theme}
        onChange={(event) => chooseTheme(THEMES.find((name) => name === event.target.value) ?? 'system')}
      >
        {THEMES.map((name) => (
          <option key={name} value={name}>
            {t(`theme.${name}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { regional } from '../../i18n/format';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago a moment is, in the largest unit that fits: "3 hours ago". */
export function ageText(iso: string, now: number, language: string, justNow: string): string {
  const passed = now - Date.parse(iso);
  const unit = UNITS.find(([, length]) => passed >= length);
  if (!unit) return justNow;
  const [name, length] = unit;
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(-Math.floor(passed / length), name);
}

export function useAge(): (iso: string) => string {
  const { t, i18n } = useTranslation();
  const justNow = t('sources.justNow');
  return useCallback((iso) => ageText(iso, Date.now(), regional(i18n.language), justNow), [i18n.language, justNow]);
}

import { remember, remembered } from '../storage';

/** The languages of these pages, each under its own name. */
export const LANGUAGES = { en: 'English', fr: 'Français', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

export const LANGUAGE_CODES = Object.keys(LANGUAGES) as Language[];

const KEY = 'rollcall.language';

/** The remembered choice, else the first of the browser's languages that we have, else English. */
export function preferredLanguage(): Language {
  const chosen = remembered(KEY);
  return (
    LANGUAGE_CODES.find((language) => language === chosen) ??
    navigator.languages.map(closest).find((language) => language !== undefined) ??
    'en'
  );
}

export function rememberLanguage(language: Language): void {
  remember(KEY, language);
}

/** `fr-CA` → `fr`; any Chinese → simplified, which its readers prefer to English. */
function closest(wanted: string): Language | undefined {
  const primary = wanted.toLowerCase().split('-')[0] ?? '';
  return LANGUAGE_CODES.find((language) => language.toLowerCase().split('-')[0] === primary);
}

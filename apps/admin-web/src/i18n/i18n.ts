import i18next, { type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, preferredLanguage, rememberLanguage } from './languages';
import type texts from './locales/en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof texts };
  }
}

/** One chunk a language, loaded when it is chosen. */
const LOADERS: Record<Language, () => Promise<{ default: Resource[string][string] }>> = {
  en: () => import('./locales/en.json'),
  fr: () => import('./locales/fr.json'),
  'zh-CN': () => import('./locales/zh-CN.json'),
};

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'translation')) return;
  const { default: content } = await LOADERS[language]();
  i18next.addResourceBundle(language, 'translation', content);
}

/** Resolves when the preferred language is there, so that nothing is drawn in another one first. */
export async function startI18n(): Promise<void> {
  const language = preferredLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    // Every language has every text (a test compares them), so English is not loaded beside another one.
    fallbackLng: false,
    resources: {},
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await load(language);
  await show(language);
}

/** The choice is remembered. Rejects, and changes nothing, when the language's texts cannot be loaded. */
export async function chooseLanguage(language: Language): Promise<void> {
  await load(language);
  rememberLanguage(language);
  await show(language);
}

async function show(language: Language): Promise<void> {
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

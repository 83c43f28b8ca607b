import i18next, { type PostProcessorModule, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Language, preferredLanguage, rememberLanguage } from './languages';
import type { TextArea, Texts } from './texts';
import { typeset } from './typeset';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: Texts };
  }
}

/** One chunk a language and area, loaded when a page of it opens. */
const LOADERS = import.meta.glob<ResourceKey>('./locales/*/*.json', { import: 'default' });

/** What the pages that were opened need, in whatever language is chosen next. */
const wanted = new Set<TextArea>(['frame']);
const loaded = new Set<string>();

async function load(language: Language): Promise<void> {
  await Promise.all(
    [...wanted].map(async (area) => {
      const file = `./locales/${language}/${area}.json`;
      if (loaded.has(file)) return;
      const loader = LOADERS[file];
      if (!loader) throw new Error(`There are no texts ${file}.`);
      i18next.addResourceBundle(language, 'translation', await loader(), true);
      loaded.add(file);
    }),
  );
}

/** Resolves when the texts of these pages are there, so that nothing is drawn without words. */
export async function loadTexts(...areas: TextArea[]): Promise<void> {
  for (const area of areas) wanted.add(area);
  await load(i18next.language as Language);
}

const TYPESET: PostProcessorModule = {
  type: 'postProcessor',
  name: 'typeset',
  process: (text: string) => typeset(i18next.language, text),
};

/** Resolves when the preferred language is there, so that nothing is drawn in another one first. */
export async function startI18n(): Promise<void> {
  const language = preferredLanguage();
  await i18next
    .use(initReactI18next)
    .use(TYPESET)
    .init({
      lng: language,
      // Every language has every text (a test compares them), so English is not loaded beside another one.
      fallbackLng: false,
      resources: {},
      postProcess: [TYPESET.name],
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
      // A page that uses a text of an area which it does not load: browser tests fail on what the console hears.
      saveMissing: true,
      missingKeyHandler: (_languages, _area, key) => console.error(`There is no text ${key} on this page.`),
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

import { toString } from 'cronstrue';
import 'cronstrue/locales/fr.js';
import 'cronstrue/locales/zh_CN.js';
import type { Language } from '../../i18n/languages';

const LOCALES: Record<Language, string> = { en: 'en', fr: 'fr', 'zh-CN': 'zh_CN' };

/** A cron expression of five fields in words; undefined when it is none. */
export function cronWords(cron: string, language: Language): string | undefined {
  if (cron.trim().split(/\s+/).length !== 5) return undefined;
  try {
    const words = toString(cron, {
      locale: LOCALES[language],
      use24HourTimeFormat: true,
      verbose: true,
      throwExceptionOnParseError: true,
    });
    return language === 'zh-CN' ? inChinese(words) : words;
  } catch {
    // By the contract of this function; the service says what is wrong with it.
    return undefined;
  }
}

/** The library sets Western commas in Chinese, and the time before the day. */
function inChinese(words: string): string {
  const [, time, day] = /^在\s*([^,]+), ([^,]+)$/.exec(words) ?? [];
  return day === undefined ? words.replaceAll(', ', '，') : `${day} ${time}`;
}

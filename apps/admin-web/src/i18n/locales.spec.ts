import english from './locales/en.json';
import french from './locales/fr.json';
import chinese from './locales/zh-CN.json';

type Texts = Record<string, Record<string, string>>;

/** The endings that i18next asks for, by the language's own rules for numbers. */
const ENDINGS = /_(zero|one|two|few|many|other)$/;

function texts(content: Texts): Map<string, string> {
  return new Map(
    Object.entries(content).flatMap(([group, entries]) =>
      Object.entries(entries).map(([name, text]) => [`${group}.${name}`, text] as const),
    ),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)|<(\w+)>/g)].map((match) => match[1] ?? match[2] ?? '').sort();
}

const original = texts(english);
const stems = (all: Map<string, string>): string[] => [
  ...new Set([...all.keys()].map((key) => key.replace(ENDINGS, ''))),
];

describe.each([
  ['fr', texts(french)],
  ['zh-CN', texts(chinese)],
])('the texts in %s', (language, translated) => {
  test('are as many as in English, in the same order', () => {
    expect(stems(translated)).toEqual(stems(original));
  });

  test('have a form for every number', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = [...original.keys()].filter((key) => key.endsWith('_other')).map((key) => key.replace(ENDINGS, ''));
    const missing = counted
      .flatMap((stem) => forms.map((form) => `${stem}_${form}`))
      .filter((key) => !translated.has(key));
    expect(missing).toEqual([]);
  });

  test('carry the values that English carries', () => {
    for (const [key, text] of translated) {
      const source = original.get(key) ?? original.get(key.replace(ENDINGS, '_other')) ?? '';
      expect([key, placeholders(text)]).toEqual([key, placeholders(source)]);
    }
  });

  test('are not empty and not left in English', () => {
    const same = [...translated].filter(([key, text]) => text.length > 20 && text === original.get(key));
    expect(same).toEqual([]);
    expect([...translated.values()].filter((text) => text.trim() === '')).toEqual([]);
  });
});

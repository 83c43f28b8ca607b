import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Texts = Record<string, Record<string, string>>;

/** The endings that i18next asks for, by the language's own rules for numbers. */
const ENDINGS = /_(zero|one|two|few|many|other)$/;

/** `area/group.name` → text, of all files of a language. */
function texts(language: string): Map<string, string> {
  const folder = join(__dirname, 'locales', language);
  return new Map(
    readdirSync(folder).flatMap((file) =>
      Object.entries(JSON.parse(readFileSync(join(folder, file), 'utf8')) as Texts).flatMap(([group, entries]) =>
        Object.entries(entries).map(([name, text]) => [`${file.replace('.json', '')}/${group}.${name}`, text] as const),
      ),
    ),
  );
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)|<(\w+)>/g)].map((match) => match[1] ?? match[2] ?? '').sort();
}

const original = texts('en');
const stems = (all: Map<string, string>): string[] => [
  ...new Set([...all.keys()].map((key) => key.replace(ENDINGS, ''))),
];

test('a group of texts stands in one file', () => {
  const homes = new Map<string, string>();
  for (const key of original.keys()) {
    const [area = '', group = ''] = key.split(/[/.]/);
    expect([group, homes.get(group) ?? area]).toEqual([group, area]);
    homes.set(group, area);
  }
});

describe.each([
  ['fr', texts('fr')],
  ['zh-CN', texts('zh-CN')],
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
    const words = (text: string): string => text.replaceAll(/\{\{.*?\}\}/g, '');
    const same = [...translated].filter(([key, text]) => words(text).length > 14 && text === original.get(key));
    expect(same).toEqual([]);
    expect([...translated.values()].filter((text) => text.trim() === '')).toEqual([]);
  });
});

/** What a control shows, and what it is called for screen readers: who speaks to the machine says what they see. */
const NAMED = [
  ['directory/link.unlink', 'directory/link.unlinkRecord'],
  ['inner/form.remove', 'inner/form.removeNamed'],
  ['inner/form.show', 'inner/form.showNamed'],
  ['inner/form.hide', 'inner/form.hideNamed'],
  ['inner/form.keep', 'inner/form.keepNamed'],
] as const;

test.each(['en', 'fr', 'zh-CN'])('in %s the name of a control begins with what it shows', (language) => {
  const all = texts(language);
  for (const [shown, name] of NAMED) {
    expect(all.get(shown)).toBeTruthy();
    expect([name, all.get(name)?.startsWith(all.get(shown) ?? '')]).toEqual([name, true]);
  }
});

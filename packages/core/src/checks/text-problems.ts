import { isObject } from './is-object';
import { optionsOf } from './options-of';

type Members = Readonly<Record<string, unknown>>;

/** What is wrong with the texts of an adapter in other languages, for its author; empty when nothing is. */
export function textProblems({ texts, configSchema }: Members): string[] {
  if (texts === undefined) return [];
  if (!isObject(texts)) return ['its texts must be an object: {"fr": {"title": …, "options": {…}}}'];
  const known = new Set(optionsOf(configSchema).keys());
  return Object.entries(texts).flatMap(([language, said]) => {
    const at = `texts.${language}`;
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(language)) return [`${at}: "${language}" is no language tag like "zh-CN"`];
    if (!isObject(said)) return [`${at} must be an object`];
    const options = said['options'] ?? {};
    const messages = said['messages'] ?? {};
    return [
      ...wordProblems(at, said, ['title', 'description']),
      ...(isObject(options)
        ? Object.entries(options).flatMap(([path, words]) =>
            optionProblems(`${at}.options["${path}"]`, path, words, known),
          )
        : [`${at}.options must be an object`]),
      ...(isObject(messages)
        ? wordProblems(`${at}.messages`, messages, Object.keys(messages))
        : [`${at}.messages must be an object`]),
    ];
  });
}

function optionProblems(at: string, path: string, words: unknown, known: ReadonlySet<string>): string[] {
  if (!known.has(path)) return [`${at}: configSchema has no option "${path}"`];
  if (!isObject(words)) return [`${at} must be an object with title, description or values`];
  const values = words['values'] ?? {};
  return [
    ...wordProblems(at, words, ['title', 'description']),
    ...(isObject(values)
      ? wordProblems(`${at}.values`, values, Object.keys(values))
      : [`${at}.values must be an object`]),
  ];
}

function wordProblems(at: string, words: Members, names: readonly string[]): string[] {
  return names.flatMap((name) =>
    words[name] === undefined || typeof words[name] === 'string' ? [] : [`${at}.${name} must be a text`],
  );
}

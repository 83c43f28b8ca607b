import { type Messages, placeholdersIn } from './messages';

/**
 * One table of sentences in several languages, as `texts` of an adapter takes them: the English one, and the same in each of
 * `languages`, in their order and with the same placeholders.
 *
 *     const said = messagesIn(['fr', 'zh-CN'], {
 *       'It answered {status}.': ['Il a répondu {status}.', '对方应答 {status}。'],
 *     });
 *     said.fr; // { 'It answered {status}.': 'Il a répondu {status}.' }
 *
 * Throws a TypeError with the sentence when a language lacks it, or has other placeholders than the English.
 */
export function messagesIn<const Languages extends readonly string[]>(
  languages: Languages,
  table: Readonly<Record<string, { readonly [Each in keyof Languages]: string }>>,
): Readonly<Record<Languages[number], Messages>> {
  const rows = Object.entries<readonly string[]>(table);
  const inLanguage = (language: string, column: number): [string, Messages] => [
    language,
    Object.fromEntries(rows.map(([english, others]) => [english, checked(english, others[column], language)])),
  ];
  return Object.fromEntries(languages.map(inLanguage)) as Record<Languages[number], Messages>;
}

function checked(english: string, text: string | undefined, language: string): string {
  const problem = translationProblem(english, text);
  if (problem === undefined && text !== undefined) return text;
  throw new TypeError(`"${english}" in "${language}" ${problem}.`);
}

/** What is wrong with a sentence in another language; undefined: nothing. */
export function translationProblem(english: string, text: string | undefined): string | undefined {
  if (text === undefined) return 'is missing';
  const [wanted, given] = [placeholdersIn(english), placeholdersIn(text)];
  const lost = [...wanted].find((name) => !given.has(name));
  if (lost !== undefined) return `lacks {${lost}}`;
  const made = [...given].find((name) => !wanted.has(name));
  return made === undefined ? undefined : `has {${made}}, which the English does not have`;
}

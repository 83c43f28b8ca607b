/** Sentences in English → the same in another language. `{name}` stands for whatever is there. */
export type Messages = Readonly<Record<string, string>>;

interface Pattern {
  /** What stands before, between and after the placeholders. */
  literals: string[];
  names: string[];
  translation: string;
}

const compiled = new WeakMap<Messages, readonly Pattern[]>();

const PLACEHOLDER = /\{(\w+)\}/g;

/** One pattern is made of at most so many sentences. */
const LONGEST_RUN = 5;

/**
 * A message in another language, sentence by sentence; those that are not among `messages` stay as they are. What a
 * placeholder stands for is translated when it is a message itself. Undefined: no sentence is known.
 */
export function translateMessage(messages: Messages, message: string): string | undefined {
  const sentences = message.split(/(?<=[.!?:…。！？：]) /);
  const translated: string[] = [];
  let known = false;
  for (let at = 0; at < sentences.length;) {
    const run = shortestRun(messages, sentences.slice(at, at + LONGEST_RUN));
    translated.push(run?.text ?? sentences[at] ?? '');
    known ||= run !== undefined;
    at += run?.length ?? 1;
  }
  return known ? joined(translated) : undefined;
}

function shortestRun(messages: Messages, sentences: readonly string[]): { text: string; length: number } | undefined {
  // The shortest one: a placeholder at the end would swallow the sentences that follow.
  for (let length = 1; length <= sentences.length; length++) {
    const text = translateWhole(messages, sentences.slice(0, length).join(' '));
    if (text !== undefined) return { text, length };
  }
  return undefined;
}

function translateWhole(messages: Messages, text: string): string | undefined {
  for (const { literals, names, translation } of patternsOf(messages)) {
    const values = match(literals, text);
    if (!values) continue;
    const said = new Map(names.map((name, index) => [name, values[index] ?? '']));
    return translation.replace(PLACEHOLDER, (placeholder, name: string) => {
      const value = said.get(name);
      return value === undefined ? placeholder : (translateWhole(messages, value) ?? value);
    });
  }
  return undefined;
}

/** The names of what varies in a sentence. */
export const placeholdersIn = (text: string): ReadonlySet<string> =>
  new Set(Array.from(text.matchAll(PLACEHOLDER), ([, name = '']) => name));

/** Those that say most come first: a pattern of little but a placeholder matches nearly everything. */
function patternsOf(messages: Messages): readonly Pattern[] {
  let patterns = compiled.get(messages);
  if (!patterns) {
    const size = ({ literals }: Pattern): number => literals.join('').length;
    patterns = Object.entries(messages)
      .map(([english, translation]) => {
        const parts = english.split(PLACEHOLDER);
        const names = parts.filter((_, index) => index % 2 === 1);
        return { literals: parts.filter((_, index) => index % 2 === 0), names, translation };
      })
      .sort((a, b) => size(b) - size(a));
    compiled.set(messages, patterns);
  }
  return patterns;
}

/** What the placeholders between the literals stand for; undefined: the text is another one. Each takes as little as it can. */
function match(literals: readonly string[], text: string): string[] | undefined {
  const [first = '', ...others] = literals;
  const last = others.pop();
  if (last === undefined) return text === first ? [] : undefined;
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined;
  const end = text.length - last.length;
  const values: string[] = [];
  let at = first.length;
  for (const literal of others) {
    const found = text.indexOf(literal, at + 1);
    if (found < 0) return undefined;
    values.push(text.slice(at, found));
    at = found + literal.length;
  }
  if (at >= end) return undefined;
  return [...values, text.slice(at, end)];
}

/** Chinese and Japanese sentences stand without a space between them. */
const joined = (sentences: readonly string[]): string =>
  sentences.reduce((text, next) => (/[。！？：；]$/.test(text) ? `${text}${next}` : `${text} ${next}`));

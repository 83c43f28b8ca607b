import type { AdapterKind } from '@rollcall/core';
import { type Answers, idFor, PROBLEM_OF, withApostrophes } from './answers';
import { Refusal } from './refusal';

/** Asks at the terminal for what the command line did not say. */
export async function askForRest(given: Partial<Answers>): Promise<Answers> {
  const { cancel, isCancel, select, text } = await import('@clack/prompts');
  const answered = <T>(answer: T | symbol): T => {
    if (!isCancel(answer)) return answer;
    cancel('Nothing was made.');
    return process.exit(130);
  };
  const line = async (message: string, initialValue: string, what?: 'id' | 'name' | 'author'): Promise<string> => {
    const validate = (typed: string | undefined): string | undefined =>
      what && PROBLEM_OF[what](withApostrophes(typed ?? ''));
    return withApostrophes(answered(await text({ message, initialValue, validate })));
  };
  const kind =
    given.kind ??
    answered(
      await select<AdapterKind>({
        message: 'What does the adapter do?',
        options: [
          { value: 'source', label: 'source', hint: 'says who exists' },
          { value: 'target', label: 'target', hint: 'is told of changes' },
        ],
      }),
    );
  const name = given.name ?? (await line('What is the system called, for admins?', '', 'name'));
  const id = given.id ?? (await line('The id of the adapter, for ever', idFor(name), 'id'));
  const author = given.author ?? (await line('Who holds the rights?', authorsOf(name), 'author'));
  const folder = given.folder ?? (await line('Where to make it?', packageName(kind, id)));
  return { kind, name, id, author, folder };
}

/** The answers without a question, for programs. Throws a `Refusal` that names what is missing. */
export function restWithoutAsking(given: Partial<Answers>): Answers {
  const { folder, kind, name } = given;
  const id = given.id ?? (name === undefined ? undefined : idFor(name));
  const missing = Object.entries({ '<folder>': folder, '--kind': kind, '--name': name, '--id': id }).flatMap(
    ([option, value]) => (value === undefined || value === '' ? [option] : []),
  );
  if (folder === undefined || kind === undefined || name === undefined || id === undefined || missing.length > 0) {
    throw new Refusal(
      `There is no terminal to ask at. Say ${missing.join(', ')} on the command line; --help shows how.`,
    );
  }
  return { folder, kind, name, id, author: given.author ?? authorsOf(name) };
}

const authorsOf = (name: string): string => `The authors of ${name}`.slice(0, 60).trim();

export const packageName = (kind: AdapterKind, id: string): string => `rollcall-${kind}-${id}`;

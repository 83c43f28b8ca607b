import type { Adapter } from '../../adapter';
import type { Messages } from '../../messages';
import { fail, type RuleDraft } from '../conformance';
import { untranslated } from '../untranslated';
import { type Attempt, check, type CredentialsFixture, givenSecrets, shownSecrets, withWrong } from './credentials';

/** Rules for what admins are told in other languages while the adapter works. */
export function messageRules(
  adapter: Adapter,
  fixture: CredentialsFixture,
  secrets: readonly string[],
  attempt: Attempt | undefined,
): RuleDraft[] {
  const languages = messagesOf(adapter);
  const silent = adapter.check === undefined && attempt === undefined;
  return [
    {
      id: 'messages',
      title: 'what it says of its options, right or wrong, is said in each of its languages',
      leftOut:
        Object.keys(languages).length === 0
          ? 'The adapter has no messages in other languages.'
          : silent
            ? 'The adapter has no check, and asks nobody.'
            : undefined,
      check: async () => {
        for (const message of await heard(adapter, fixture, secrets, attempt)) requireTranslated(languages, message);
      },
    },
  ];
}

function messagesOf({ texts = {} }: Adapter): Record<string, Messages> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([language, { messages }]) => (messages ? [[language, messages]] : [])),
  );
}

/** What the adapter says of the options of the fixture, and of each wrong secret. */
async function heard(
  adapter: Adapter,
  fixture: CredentialsFixture,
  secrets: readonly string[],
  attempt: Attempt | undefined,
): Promise<string[]> {
  const said: string[] = [];
  const listen = async (options: object): Promise<void> => {
    if (adapter.check === undefined) return;
    const { message, errors = [] } = await check(adapter, fixture, options);
    said.push(message, ...errors.map((error) => error.message));
  };
  await listen({});
  if (shownSecrets(fixture, secrets).length === 0) return said;
  for (const name of givenSecrets(fixture, secrets)) {
    const wrong = withWrong(adapter.configSchema, fixture, name);
    await listen(wrong);
    const error = await attempt?.(wrong);
    if (error instanceof Error) said.push(error.message);
  }
  return said;
}

function requireTranslated(languages: Readonly<Record<string, Messages>>, message: string): void {
  const [first] = Object.entries(untranslated(languages, message));
  if (first === undefined) return;
  const [language, left] = first;
  fail(
    `Of "${message}", readers of "${language}" read in English: "${left}".`,
    'Put the sentence among the messages of its texts, with {name} for what varies.',
  );
}

import { optionsOf } from '../../checks/options-of';
import { adapterProblems } from '../../checks/adapter-problems';
import { secretNames, validateOptions } from '../../checks/config-schema';
import type { Adapter } from '../../adapter';
import { translationProblem } from '../../message-table';
import { fail, type RuleDraft } from '../conformance';
import { sayError } from '../say-error';
import type { Options, OptionsFixture } from '../session';

/** What names a secret in the words of most vendors. */
const SECRET_NAME = /secret|passw|token|api[-_]?key|private[-_]?key|credential|aes[-_]?key/i;
/** Names that only look like it. */
const NO_SECRET = /url|uri|address|endpoint|parameter|header|name|id$|expir|life|ttl|type|kind/i;

/** Rules for what admins see of an adapter: its options, and the words for them. */
export function formRules(adapter: Adapter, fixture: OptionsFixture): RuleDraft[] {
  return [
    {
      id: 'shape',
      title: 'the adapter has the shape of its contract, and a strict schema',
      check: () => requireShape(adapter),
    },
    {
      id: 'options',
      title: 'its schema takes the options of the fixture',
      check: () => requireFit(adapter, fixture.options() as Options),
    },
    { id: 'titles', title: 'every option has a title', check: () => requireTitles(adapter) },
    { id: 'secrets-marked', title: 'what looks like a secret is marked as one', check: () => requireMarks(adapter) },
    {
      id: 'texts',
      title: 'each language says all that the schema and the other languages say',
      leftOut: adapter.texts === undefined ? 'The adapter has no texts in other languages.' : undefined,
      check: () => requireTexts(adapter),
    },
    // No promise that others leave out: it comes into being with the second version.
    ...((adapter.optionsVersion ?? 1) > 1
      ? [
          {
            id: 'options-earlier',
            title: 'options that were stored for an earlier version become ones that its schema takes',
            check: () => requireEarlier(adapter, fixture),
          },
        ]
      : []),
  ];
}

function requireEarlier(adapter: Adapter, { earlier = [] }: OptionsFixture): void {
  if (earlier.length === 0) {
    fail(
      'The adapter has an optionsVersion above 1, and the fixture no options of an earlier version.',
      'Give it {earlier: [{version: 1, options: {…}}]}: as they were stored then, secrets in clear.',
    );
  }
  for (const { version, options } of earlier) {
    const [problem] = validateOptions(adapter.configSchema, migrated(adapter, options as Options, version));
    if (!problem) continue;
    fail(
      `What migrateOptions makes of options of version ${version} is refused by the schema: ${problem.pointer} ${problem.message}.`,
      'Return options as an admin could type them now: whoever entered the earlier ones would have to enter them anew.',
    );
  }
}

function migrated(adapter: Adapter, options: Options, version: number): Options {
  try {
    const result: unknown = adapter.migrateOptions?.(structuredClone(options), version);
    if (typeof result === 'object' && result !== null && !Array.isArray(result)) return result as Options;
  } catch (error) {
    return fail(
      `migrateOptions throws for options of version ${version}: ${sayError(error)}.`,
      'Make the best of what was stored, and leave out what cannot be known: the form asks for it.',
      error,
    );
  }
  return fail(`migrateOptions returns no options for those of version ${version}.`, 'Return an object.');
}

function requireShape(adapter: Adapter): void {
  const [problem] = adapterProblems(adapter);
  if (problem !== undefined) fail(`Rollcall would not load the adapter: ${problem}.`, 'Correct what is named there.');
}

function requireFit({ configSchema }: Adapter, options: Options): void {
  const [problem] = validateOptions(configSchema, options);
  if (problem) {
    fail(
      `The schema refuses the options of the fixture: ${problem.pointer} ${problem.message}.`,
      'Correct either of them.',
    );
  }
}

function requireTitles({ configSchema }: Adapter): void {
  for (const [path, option] of optionsOf(configSchema)) {
    if (typeof option.title === 'string' && option.title.trim() !== '') continue;
    fail(
      `The option "${path}" has no title.`,
      "Give it one in the words of the vendor's own pages: it is the label in the form.",
    );
  }
}

function requireMarks({ configSchema }: Adapter): void {
  const marked = new Set(secretNames(configSchema));
  for (const [path, { type }] of optionsOf(configSchema)) {
    const name = path.split('.').at(-1) ?? '';
    if (type !== 'string' || !SECRET_NAME.test(name) || NO_SECRET.test(name) || marked.has(path)) continue;
    fail(
      `The option "${path}" looks like a secret and is not marked as one: it would be stored and shown in clear.`,
      'Put it at the top level of the schema with "format": "password" and "writeOnly": true, or rename it.',
    );
  }
}

function requireTexts({ configSchema, texts = {}, description }: Adapter): void {
  const options = optionsOf(configSchema);
  const sentences = new Set(Object.values(texts).flatMap(({ messages = {} }) => Object.keys(messages)));
  for (const [language, said] of Object.entries(texts)) {
    // English may be the language of the schema, and then says only what the schema cannot.
    if (/^en\b/.test(language)) continue;
    const lacks = (what: string): never =>
      fail(`The texts in "${language}" lack ${what}.`, 'Translate it, or admins read a form in two languages.');
    if (description !== undefined && said.description === undefined) lacks('the description of the adapter');
    for (const [path, option] of options) {
      const words = said.options?.[path];
      if (option.title !== undefined && words?.title === undefined) lacks(`the title of "${path}"`);
      if (option.description !== undefined && words?.description === undefined) lacks(`the description of "${path}"`);
    }
    for (const english of sentences) {
      const problem = translationProblem(english, said.messages?.[english]);
      if (problem !== undefined) {
        fail(
          `The message "${english}" in "${language}" ${problem}.`,
          'Let messagesIn make the messages of all languages, out of one table.',
        );
      }
    }
  }
}

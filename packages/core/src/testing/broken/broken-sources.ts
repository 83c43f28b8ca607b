import { setTimeout as sleep } from 'node:timers/promises';
import type { AdapterContext } from '../../contract';
import { RollcallError } from '../../errors';
import type { HttpAnswer } from '../../http';
import type { Messages } from '../../messages';
import type { Page, PullContext, PullResult, SourceAdapter } from '../../source';
import { CompanyReader, type CompanyOptions, companySource, SAID } from '../company/company-source';

/** A source that breaks one promise. */
export interface BrokenSource {
  what: string;
  adapter: () => SourceAdapter<CompanyOptions>;
  /** The rule that is meant for it. */
  caughtBy: string;
  /** Rules for which the same mistake cannot help being one. */
  also?: readonly string[];
}

type Context = AdapterContext<CompanyOptions>;
type Schema = SourceAdapter['configSchema'] & { properties: Record<string, Record<string, unknown>> };
type List = Awaited<ReturnType<CompanyReader['ask']>>;
type Item = List['items'][number];
type Pages = AsyncGenerator<Page, PullResult, undefined>;

const END: List = { items: [], next: null, seq: 1 };

/** With another schema than the good one. */
function withSchema(change: (schema: Schema) => object): SourceAdapter<CompanyOptions> {
  const good = companySource();
  return {
    ...good,
    configSchema: change(structuredClone(good.configSchema) as Schema) as SourceAdapter['configSchema'],
  };
}

/** With other messages in French. */
function withMessages(change: (messages: Messages) => Messages): SourceAdapter<CompanyOptions> {
  const { texts, ...good } = companySource();
  return { ...good, texts: { fr: { ...texts?.['fr'], messages: change(SAID.fr) } } };
}

/** With some steps done otherwise. */
const withSteps =
  (steps: (good: CompanyReader) => Partial<CompanyReader>): (() => SourceAdapter<CompanyOptions>) =>
  () => {
    const good = new CompanyReader();
    const reader = Object.assign(Object.create(good) as CompanyReader, steps(good));
    return companySource(reader);
  };

/** Takes some answers for the last page. */
const ending = (isEnd: (answer: HttpAnswer) => boolean): (() => SourceAdapter<CompanyOptions>) =>
  withSteps((good) => ({
    accepted: (answer) => (isEnd(answer) ? answer : good.accepted(answer)),
    listOf: (answer) => (isEnd(answer) ? END : good.listOf(answer)),
  }));

export const BROKEN_SOURCES: readonly BrokenSource[] = [
  {
    what: 'a schema that takes any option',
    adapter: () => withSchema(({ additionalProperties: _strict, ...schema }) => schema),
    caughtBy: 'shape',
  },
  {
    what: 'a schema that refuses what the vendor gives',
    adapter: () =>
      withSchema((schema) => ({
        ...schema,
        properties: { ...schema.properties, url: { ...schema.properties['url'], maxLength: 5 } },
      })),
    caughtBy: 'options',
    also: ['options-earlier', 'check-wrong', 'wrong-credentials', 'messages', 'no-secrets'],
  },
  {
    what: 'an option without a title',
    adapter: () =>
      withSchema((schema) => ({ ...schema, properties: { ...schema.properties, note: { type: 'string' } } })),
    caughtBy: 'titles',
  },
  {
    what: 'a secret in clear',
    adapter: () =>
      withSchema((schema) => ({
        ...schema,
        properties: { ...schema.properties, token: { type: 'string', title: 'Token' } },
      })),
    caughtBy: 'secrets-marked',
  },
  {
    what: 'an option that was forgotten in French',
    adapter: () => companySource(undefined, { texts: { fr: { options: { url: { title: 'Adresse' } } } } }),
    caughtBy: 'texts',
  },
  {
    what: 'earlier options that it throws away with an error',
    adapter: () =>
      companySource(undefined, {
        migrateOptions: () => {
          throw new TypeError('There is no address.');
        },
      }),
    caughtBy: 'options-earlier',
  },
  {
    what: 'earlier options that it makes none of its own',
    adapter: () => companySource(undefined, { migrateOptions: (stored) => ({ ...stored }) }),
    caughtBy: 'options-earlier',
  },
  {
    what: 'a message of which French loses what varies',
    adapter: () =>
      withMessages((messages) => ({ ...messages, 'The company answered {status}.': 'L’entreprise a répondu.' })),
    caughtBy: 'texts',
  },
  {
    what: 'a sentence that French readers get in English',
    adapter: () => withMessages(({ 'The company refuses the token.': _reworded, ...messages }) => messages),
    caughtBy: 'messages',
  },
  {
    what: 'a refused token as a matter of configuration',
    adapter: withSteps(() => ({
      refused: () => new RollcallError('configuration', 'The company refuses the token.', { field: 'token' }),
    })),
    caughtBy: 'wrong-credentials',
  },
  {
    what: 'a check that finds fault with everything',
    adapter: () =>
      companySource(undefined, {
        check: () => Promise.resolve({ ok: false, message: 'No.', errors: [{ field: 'token', message: 'No.' }] }),
      }),
    caughtBy: 'check',
    also: ['messages'],
  },
  {
    what: 'a check that throws',
    adapter: () => {
      const reader = new CompanyReader();
      return companySource(reader, {
        check: async (context) => {
          reader.accepted(await reader.send(context, 'people'));
          return { ok: true, message: 'The company answers.' };
        },
      });
    },
    caughtBy: 'check-wrong',
    also: ['messages'],
  },
  {
    what: 'the last of each page lost',
    adapter: withSteps(() => ({ items: (items) => (items.length === 3 ? items.slice(0, 2) : items) })),
    caughtBy: 'everybody',
    also: ['failure-server-error', 'failure-connection'],
  },
  {
    what: 'the first person once more on each page',
    adapter: withSteps((good) => {
      let first: Item | undefined;
      return {
        page: (list, items) =>
          good.page(
            list,
            list === 'people' && items[0]
              ? [(first ??= items[0]), ...items.filter(({ id }) => id !== first?.id)]
              : items,
          ),
      };
    }),
    caughtBy: 'uids-unique',
    also: ['cursor-replay'],
  },
  {
    what: 'another uid with each read',
    adapter: withSteps((good) => {
      let reads = 0;
      return {
        begin: (resumeAfter) => {
          if (resumeAfter === undefined) reads++;
          return good.begin(resumeAfter);
        },
        record: (item) => ({ ...good.record(item), ...(item.id === 'p-9' && { uid: `p-9-${reads}` }) }),
      };
    }),
    caughtBy: 'uids-stable',
    also: ['everybody', 'cursor-replay', 'failure-server-error', 'failure-connection'],
  },
  {
    what: 'an e-mail address that is none',
    adapter: withSteps((good) => ({ record: (item) => ({ ...good.record(item), email: item.name }) })),
    caughtBy: 'records',
  },
  {
    what: 'a misspelt field',
    adapter: withSteps((good) => ({
      record: (item) => {
        const { nickname, ...rest } = good.record(item);
        return { ...rest, nickName: nickname };
      },
    })),
    caughtBy: 'records',
  },
  {
    what: 'everybody in memory before the first page',
    adapter: withSteps((good) => ({
      async *pull(this: CompanyReader, context: PullContext<CompanyOptions>): Pages {
        const all: Page[] = [];
        const pages = CompanyReader.prototype.pull.call(Object.assign(Object.create(good) as CompanyReader), context);
        for (let next = await pages.next(); ; next = await pages.next()) {
          if (!next.done) {
            all.push(next.value);
            continue;
          }
          yield* all;
          return next.value;
        }
      },
    })),
    caughtBy: 'pages-as-asked',
  },
  {
    what: 'a page that is no page',
    adapter: withSteps((good) => ({
      page: (list, items) => ({
        ...good.page(list, items),
        ...(list === 'teams' && { renames: [{ from: 'a', to: 'a' }] }),
      }),
    })),
    caughtBy: 'pages',
  },
  {
    what: 'a 500 taken for the end',
    adapter: ending(({ status }) => status === 500),
    caughtBy: 'failure-server-error',
  },
  {
    what: 'a page for people taken for the end',
    adapter: ending(({ headers }) => headers['content-type'] === 'text/html'),
    caughtBy: 'failure-html',
  },
  {
    what: 'half an answer taken for the end',
    adapter: ending((answer) => answer.text().startsWith('{') && !answer.text().endsWith('}')),
    caughtBy: 'failure-truncated',
  },
  {
    what: 'a broken connection taken for the end',
    adapter: withSteps((good) => ({
      ask: (context, path) =>
        good.ask(context, path).catch((error: unknown) => {
          if (error instanceof RollcallError && error.code === 'network') return END;
          throw error;
        }),
    })),
    caughtBy: 'failure-connection',
  },
  {
    what: 'a busy vendor as an error for good',
    adapter: withSteps(() => ({
      busy: (retryAfter) => new RollcallError('configuration', 'The company refuses.', { retryAfter }),
    })),
    caughtBy: 'failure-busy',
  },
  {
    what: 'a busy vendor that is not said to want a pause',
    adapter: withSteps(() => ({ busy: () => new RollcallError('vendor_busy', 'The company asks to slow down.') })),
    caughtBy: 'asked-to-wait',
  },
  {
    what: 'a wait that nobody can end',
    adapter: withSteps(() => ({ pause: () => sleep(1_500) })),
    caughtBy: 'abort-while-waiting',
  },
  {
    what: 'requests that go on by themselves',
    adapter: withSteps((good) => ({
      async *pull(this: CompanyReader, context: PullContext<CompanyOptions>): Pages {
        void prefetch(this, context);
        return yield* good.pull(context);
      },
    })),
    caughtBy: 'abort-while-asking',
    also: ['abort-while-waiting', 'abandoned', 'nothing-left'],
  },
  {
    what: 'a timer that goes on when nobody wants the rest',
    adapter: withSteps((good) => ({
      async *pull(context: PullContext<CompanyOptions>): Pages {
        const timer = leak();
        try {
          const result = yield* good.pull(context);
          clearInterval(timer);
          return result;
        } catch (error) {
          clearInterval(timer);
          throw error;
        }
      },
    })),
    caughtBy: 'abandoned',
  },
  {
    what: 'a timer that goes on after an error',
    adapter: withSteps((good) => ({
      async *pull(context: PullContext<CompanyOptions>): Pages {
        const timer = leak();
        let failed = false;
        try {
          return yield* good.pull(context);
        } catch (error) {
          failed = true;
          throw error;
        } finally {
          if (!failed) clearInterval(timer);
        }
      },
    })),
    caughtBy: 'nothing-left',
  },
  {
    what: 'a page once more by its own cursor',
    adapter: withSteps((good) => ({
      cursor: (at) => good.cursor({ ...at, start: at.list === 'people' && at.start > 0 ? at.start - 1 : at.start }),
    })),
    caughtBy: 'cursor-replay',
  },
  {
    what: 'a cursor that nobody knows, and all is read anew without a word',
    adapter: withSteps((good) => ({
      begin: (resumeAfter) => good.begin(resumeAfter?.startsWith('{') ? resumeAfter : undefined),
    })),
    caughtBy: 'cursor-unknown',
  },
  {
    what: 'a change that an incremental read misses',
    adapter: withSteps((good) => ({
      since: (since) => good.since(since === undefined ? since : `${since}9`.slice(0, 99)),
    })),
    caughtBy: 'incremental',
    also: ['incremental-unknown'],
  },
  {
    what: 'an incremental cursor that nobody knows, and all is read without a word',
    adapter: withSteps((good) => ({ since: (since) => good.since(since?.match(/^\d+$/)?.[0]) })),
    caughtBy: 'incremental-unknown',
  },
  {
    what: 'events that anybody can send',
    adapter: () => {
      const good = companySource();
      return {
        ...good,
        events: {
          ...good.events!,
          receive: () => Promise.resolve({ hints: [{ key: 'person:p-2', data: { person: 'p-2' } }] }),
        },
      };
    },
    caughtBy: 'event-strangers',
    also: ['event-forged'],
  },
  {
    what: 'events of which only the presence of a signature is looked at',
    adapter: () => {
      const good = companySource();
      const signed = { hints: [{ key: 'person:p-2', data: { person: 'p-2' } }] };
      return {
        ...good,
        events: {
          ...good.events!,
          receive: (request, context) =>
            request.headers['x-signature'] === undefined
              ? good.events!.receive(request, context)
              : Promise.resolve(signed),
        },
      };
    },
    caughtBy: 'event-forged',
  },
  {
    what: 'events after which nobody is read',
    adapter: () => {
      const good = companySource();
      const events = good.events!;
      return { ...good, events: { ...events, read: (context) => events.read({ ...context, hints: [] }) } };
    },
    caughtBy: 'event-read',
  },
  {
    what: 'a token in the log',
    adapter: withSteps((good) => ({
      send: (context: Context, path: string) => {
        context.logger.debug('Asking', { path, authorization: context.options.token });
        return good.send(context, path);
      },
    })),
    caughtBy: 'no-secrets',
  },
  {
    what: 'the answer of the vendor in an error',
    adapter: withSteps((good) => ({
      accepted: (answer) => {
        if (answer.status < 400 || answer.status === 401 || answer.status === 429) return good.accepted(answer);
        throw new RollcallError('read_interrupted', `The company answered ${answer.text()}`);
      },
    })),
    caughtBy: 'no-secrets',
  },
  {
    what: 'half an answer, people included, in an error',
    adapter: withSteps(() => ({
      listOf: (answer) => {
        try {
          return JSON.parse(answer.text()) as List;
        } catch {
          throw new RollcallError('bad_answer', `The company answered ${answer.text()}`);
        }
      },
    })),
    caughtBy: 'no-personal-data',
  },
];

/** Asks on, whatever happens; ends by itself, so that no test is kept alive by it. */
async function prefetch(reader: CompanyReader, context: PullContext<CompanyOptions>): Promise<void> {
  for (let n = 0; n < 40; n++) {
    await reader.send(context, 'people').catch((error: unknown) => error);
    await sleep(40);
  }
}

const leaks = new Set<NodeJS.Timeout>();

/** A timer that keeps the process alive, until `endLeaks`. */
function leak(): NodeJS.Timeout {
  const timer = setInterval(() => undefined, 1_000);
  leaks.add(timer);
  return timer;
}

export function endLeaks(): void {
  leaks.forEach(clearInterval);
}

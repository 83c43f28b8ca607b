import { setTimeout as sleep } from 'node:timers/promises';
import type { AdapterContext } from '../../contract';
import { RollcallError } from '../../errors';
import type { HttpAnswer } from '../../http';
import { messagesIn } from '../../message-table';
import { type Page, type PullContext, type PullResult, type SourceAdapter, defineSource } from '../../source';
import { signature } from './company-server';

export interface CompanyOptions {
  url: string;
  token: string;
  note?: string;
}

interface Item {
  id: string;
  name: string;
  title: string;
  mail: string;
  team: string;
}

interface List {
  items: Item[];
  next: number | null;
  seq: number;
}

interface Cursor {
  list: 'teams' | 'people';
  start: number;
  seq: number;
}

/** The steps of the adapter that a broken one does otherwise. */
export class CompanyReader {
  async ask(context: AdapterContext<CompanyOptions>, path: string): Promise<List> {
    for (let tries = 1; ; tries++) {
      try {
        return this.listOf(this.accepted(await this.send(context, path)));
      } catch (error) {
        const passing = error instanceof RollcallError && ['network', 'read_interrupted'].includes(error.code);
        if (!passing || tries > 1) throw error;
        await this.pause(context);
      }
    }
  }

  send({ http, options }: AdapterContext<CompanyOptions>, path: string): Promise<HttpAnswer> {
    return http(`${options.url}/${path}`, { headers: { Authorization: `Bearer ${options.token}` } });
  }

  pause({ signal }: AdapterContext<CompanyOptions>): Promise<void> {
    return sleep(40, undefined, { signal });
  }

  accepted(answer: HttpAnswer): HttpAnswer {
    if (answer.status === 200) return answer;
    if (answer.status === 401) throw this.refused();
    if (answer.status === 429) throw this.busy(answer.retryAfter);
    throw new RollcallError('read_interrupted', `The company answered ${answer.status}.`);
  }

  refused(): RollcallError {
    return new RollcallError('credentials', 'The company refuses the token. Enter a new one.', { field: 'token' });
  }

  busy(retryAfter: number | undefined): RollcallError {
    return new RollcallError('vendor_busy', 'The company asks to slow down.', { retryAfter });
  }

  listOf(answer: HttpAnswer): List {
    return answer.json() as List;
  }

  items(items: Item[]): Item[] {
    return items;
  }

  page(list: Cursor['list'], items: Item[]): Page {
    return list === 'teams'
      ? { dataType: 'department', records: items.map(({ id, title }) => ({ uid: id, title })) }
      : { dataType: 'user', records: items.map((item) => this.record(item)) };
  }

  record({ id, name, mail, team }: Item): { uid: string; [field: string]: unknown } {
    return { uid: id, nickname: name, email: mail, departments: [team] };
  }

  cursor(at: Cursor): string {
    return JSON.stringify(at);
  }

  begin(resumeAfter: string | undefined): Cursor {
    if (resumeAfter === undefined) return { list: 'teams', start: 0, seq: -1 };
    try {
      return JSON.parse(resumeAfter) as Cursor;
    } catch {
      throw new RollcallError('cursor_expired', 'The place of the interrupted read cannot be read.');
    }
  }

  since(since: string | undefined): string {
    if (since === undefined) return '';
    if (!/^\d+$/.test(since)) throw new RollcallError('cursor_expired', 'The company does not know this cursor.');
    return `&since=${since}`;
  }

  async *pull(context: PullContext<CompanyOptions>): AsyncGenerator<Page, PullResult, undefined> {
    let { list, start, seq } = this.begin(context.resumeAfter);
    const since = this.since(context.since);
    for (;;) {
      const got = await this.ask(context, `${list}?start=${start}${since}`);
      if (seq < 0) seq = got.seq;
      if (got.next === null && list === 'people') {
        yield this.page(list, this.items(got.items));
        return { complete: { department: true, user: true }, nextCursor: String(seq) };
      }
      const page = this.page(list, this.items(got.items));
      [list, start] = got.next === null ? ['people', 0] : [list, got.next];
      yield { ...page, cursor: this.cursor({ list, start, seq }) };
    }
  }
}

/** What it says, in the other language that it speaks. */
export const SAID = messagesIn(['fr'], {
  'The company answers.': ['L’entreprise répond.'],
  'The company refuses the token.': ['L’entreprise refuse le jeton.'],
  'Enter a new one.': ['Saisissez-en un nouveau.'],
  'The company answered {status}.': ['L’entreprise a répondu {status}.'],
});

/** A source that keeps every promise; `reader` does its steps. */
export function companySource(
  reader: CompanyReader = new CompanyReader(),
  other: Partial<SourceAdapter<CompanyOptions>> = {},
): SourceAdapter<CompanyOptions> {
  return {
    ...defineSource<CompanyOptions>({
      id: 'company',
      title: 'Company',
      version: '1.0.0',
      incremental: true,
      optionsVersion: 2,
      migrateOptions: ({ address, ...others }) => ({ ...others, url: address }),
      configSchema: {
        type: 'object',
        additionalProperties: false,
        required: ['url', 'token'],
        properties: {
          url: { type: 'string', format: 'uri', title: 'Address' },
          token: { type: 'string', format: 'password', writeOnly: true, title: 'Token' },
          note: { type: 'string', title: 'Note' },
        },
      },
      texts: {
        fr: {
          options: { url: { title: 'Adresse' }, token: { title: 'Jeton' }, note: { title: 'Remarque' } },
          messages: SAID.fr,
        },
      },
      async check(context) {
        const answer = await reader.send(context, 'people');
        if (answer.status === 200) return { ok: true, message: 'The company answers.' };
        const message = 'The company refuses the token.';
        return { ok: false, message, errors: [{ field: 'token', message }] };
      },
      pull: (context) => reader.pull(context),
      events: {
        receive: ({ body, headers }) => {
          const said = Buffer.from(body).toString();
          if (headers['x-signature'] !== signature(said)) {
            return Promise.reject(new RollcallError('unauthenticated', 'The company did not send this.'));
          }
          const { person } = JSON.parse(said) as { person: string };
          return Promise.resolve({ hints: [{ key: `person:${person}`, data: { person } }] });
        },
        async *read(context) {
          for (const { data } of context.hints) {
            const { items } = await reader.ask(context, `people?id=${String(data['person'])}`);
            yield reader.page('people', items);
          }
        },
      },
    }),
    ...other,
  };
}

import { type HttpAnswer, type HttpClient, type HttpRequest, type PullContext, RollcallError } from '@rollcall/core';
import { httpAnswer } from '@rollcall/core/checks';
import type { WecomOptions } from '../config';

type Json = Record<string, unknown>;

/** One call, as it reached WeCom. */
export interface Call {
  path: string;
  query: Record<string, string>;
  body: Json;
  /** Of whose token; gettoken: of whose secret. */
  secret: 'app' | 'contacts' | undefined;
}

/** What a script answers: JSON, text, or an HTTP status with text. Undefined: what WeCom would say. */
export type Scripted = Json | string | { status: number; text: string } | undefined;

export interface Person {
  userid: string;
  department: number[];
  [field: string]: unknown;
}

/** A company that is held in memory; changed by the tests as they go. */
export class Company {
  departments: Json[] = [
    { id: 1, name: 'Example Ltd', parentid: 0, order: 100, department_leader: [] },
    { id: 2, name: 'R&D', parentid: 1, order: 20, department_leader: ['lisi'] },
    { id: 3, name: 'Mail', parentid: 2, order: 10, department_leader: [] },
  ];
  people: Person[] = [
    { userid: 'ZhangSan', name: '张三', department: [1, 2], is_leader_in_dept: [0, 1], main_department: 2, status: 1 },
    { userid: 'lisi', name: '李四', department: [2], is_leader_in_dept: [0], main_department: 2, status: 1 },
    { userid: '00123', name: 'O O', department: [3], is_leader_in_dept: [0], main_department: 3, status: 4 },
  ];
  /** Ids that the app sees, and everything below them is not added. Undefined: all. */
  range: number[] | undefined;
  picked: string[] = [];
  /** Before 15 August 2022, so to speak: contacts sync reads details. */
  contactsReadDetails = false;

  sees(secret: Call['secret'], id: number): boolean {
    return secret === 'contacts' || !this.range || this.range.includes(id);
  }

  remove(userid: string): void {
    this.people = this.people.filter((person) => person.userid !== userid);
  }
}

/**
 * WeCom in memory, as a client of `context.http`: what the adapter's specs need of it, and `script`, which is asked first and
 * may answer whatever it likes.
 */
export class ScriptedWecom {
  readonly company = new Company();
  readonly calls: Call[] = [];
  script: (call: Call, nth: number) => Scripted | Promise<Scripted> = () => undefined;
  /** Rows of a page of user/list_id: few, so that there are always several pages. */
  idsPerPage = 2;
  /** Answered by gettoken. */
  expiresIn = 7200;
  private readonly tokens = new Map<string, Call['secret']>();

  readonly http: HttpClient = async (url, request) => {
    const call = this.read(new URL(url), request);
    this.calls.push(call);
    const nth = this.calls.filter(({ path }) => path === call.path).length;
    const scripted = await this.script(call, nth);
    return answerOf(scripted ?? this.answer(call), String(url));
  };

  count(path: string): number {
    return this.calls.filter((call) => call.path === path).length;
  }

  /** Tokens are void from now on. */
  revoke(): void {
    this.tokens.clear();
  }

  private read(url: URL, { body }: HttpRequest = {}): Call {
    const query = Object.fromEntries(url.searchParams);
    const secret =
      query['corpsecret'] === 'app-secret' ? 'app' : query['corpsecret'] === 'contacts-secret' ? 'contacts' : undefined;
    return {
      path: url.pathname.replace(/^.*\/cgi-bin\//, ''),
      query,
      body: typeof body === 'string' ? (JSON.parse(body) as Json) : {},
      secret: secret ?? this.tokens.get(query['access_token'] ?? ''),
    };
  }

  private answer({ path, query, body, secret }: Call): Json {
    const { company } = this;
    if (path === 'gettoken') return this.newToken(secret);
    if (!secret) return { errcode: 40014, errmsg: 'invalid access_token', department: [], userlist: [] };
    const forbidden = ['department/list', 'department/get', 'user/list', 'user/simplelist', 'user/get'].includes(path);
    if (secret === 'contacts' && forbidden && !company.contactsReadDetails) return { errcode: 48009, userlist: [] };
    const visible = company.departments.filter(({ id }) => company.sees(secret, id as number));
    const department = visible.find(({ id }) => id === Number(query['id']));
    const members = company.people.filter((person) => person.department.includes(Number(query['department_id'])));
    switch (path) {
      case 'department/list':
        return { errcode: 0, department: visible };
      case 'department/simplelist':
        return { errcode: 0, department_id: visible.map(({ id, parentid, order }) => ({ id, parentid, order })) };
      case 'department/get':
        if (department) return { errcode: 0, department };
        return { errcode: company.departments.some(({ id }) => id === Number(query['id'])) ? 60011 : 60003 };
      case 'user/list':
        if (!company.sees(secret, Number(query['department_id']))) return { errcode: 60011, userlist: [] };
        return { errcode: 0, userlist: members.map((person) => this.seen(person, secret)) };
      case 'user/simplelist':
        return {
          errcode: 0,
          userlist: members.map(({ userid, name, department: d }) => ({ userid, name, department: d })),
        };
      case 'user/get':
        return this.member(String(query['userid']).toLowerCase(), secret);
      case 'user/list_id':
        if (secret !== 'contacts') return { errcode: 48002, dept_user: [] };
        return this.ids(body);
      case 'agent/get':
        return {
          ...{
            errcode: 0,
            name: 'Sync',
            close: 0,
            allow_tags: { tagid: [7] },
            allow_partys: { partyid: company.range ?? [1] },
          },
          allow_userinfos: { user: company.picked.map((userid) => ({ userid })) },
        };
      case 'tag/get':
        return { errcode: 0, tagname: 't', userlist: [{ userid: 'tagged' }], partylist: [] };
      default:
        return { errcode: 40035, errmsg: 'no such path' };
    }
  }

  private newToken(secret: Call['secret']): Json {
    if (!secret)
      return { errcode: 40001, errmsg: 'invalid credential, hint: [1700000000123456], from ip: 203.0.113.7' };
    const token = `token-${secret}-${this.calls.length}`;
    this.tokens.set(token, secret);
    return { errcode: 0, errmsg: 'ok', access_token: token, expires_in: this.expiresIn };
  }

  private seen(person: Person, secret: Call['secret']): Person {
    return { ...person, department: person.department.filter((id) => this.company.sees(secret, id)) };
  }

  private member(key: string, secret: Call['secret']): Json {
    const { company } = this;
    const person = company.people.find(({ userid }) => userid.toLowerCase() === key);
    const inRange = person?.department.some((id) => company.sees(secret, id));
    const picked = company.range && (company.picked.includes(key) || key === 'tagged');
    return person && (inRange || picked) ? { errcode: 0, ...this.seen(person, secret) } : { errcode: 60111 };
  }

  private ids({ cursor }: Json): Json {
    const rows = this.company.people.flatMap(({ userid, department }) =>
      department.map((id) => ({ userid, department: id })),
    );
    const start = Number(cursor ?? 0);
    const end = start + this.idsPerPage;
    return {
      errcode: 0,
      dept_user: rows.slice(start, end),
      next_cursor: end < rows.length ? String(end) : '',
    };
  }
}

function answerOf(answer: Exclude<Scripted, undefined>, url: string): HttpAnswer {
  const status = typeof answer === 'object' && 'status' in answer && 'text' in answer ? Number(answer.status) : 200;
  const text =
    typeof answer === 'string'
      ? answer
      : status === 200 && !('text' in answer)
        ? JSON.stringify(answer)
        : String(answer['text']);
  return httpAnswer(new URL(url), status, {}, Buffer.from(text));
}

/** The connection broke off. */
export const reset = (): never => {
  throw new RollcallError('network', 'The connection was reset.');
};

export interface LogLine {
  level: string;
  message: string;
  details?: unknown;
}

/** A context around a client, with what was logged and a way to stop. */
export function contextFor(
  options: WecomOptions,
  http: HttpClient,
): { context: PullContext<WecomOptions>; log: LogLine[]; stop: AbortController } {
  const stop = new AbortController();
  const log: LogLine[] = [];
  const write =
    (level: string) =>
    (message: string, details?: unknown): void =>
      void log.push({ level, message, details });
  const logger = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
  const known: PullContext['known'] = () => Promise.resolve(new Map());
  return { context: { options, http, logger, signal: stop.signal, mode: 'full', known }, log, stop };
}

let corps = 0;

/** Options for another corp every time: tokens and pace are shared by all that use the same secret. */
export function freshOptions(secrets: 'app' | 'contacts' | 'both', more: Partial<WecomOptions> = {}): WecomOptions {
  return {
    corpId: `ww${String(++corps).padStart(16, '0')}`,
    ...(secrets !== 'contacts' && { agentSecret: 'app-secret' }),
    ...(secrets !== 'app' && { contactsSecret: 'contacts-secret' }),
    ratePerMinute: 10_000,
    ...more,
  };
}

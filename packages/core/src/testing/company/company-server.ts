import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { CallbackRequest } from '../../events';
import type { HttpClient } from '../../http';
import { httpAnswer } from '../../checks/http-answer';

export const TOKEN = 'company-token-7Q2x';
/** The account of somebody whom Rollcall did not make. */
export const STRANGER = 'their-own';
const PER_PAGE = 3;

export interface Person {
  id: string;
  name: string;
  mail: string;
  team: string;
  /** Number of the last change. */
  seq: number;
}

/** What a directory somewhere else keeps of somebody. */
export interface Account {
  ref: string;
  kind: 'user' | 'department';
  values: Record<string, unknown>;
  disabled: boolean;
}

/** An answer before it is sent. */
interface Answer {
  status: number;
  body?: unknown;
}

/** A small company with a directory to read from and one to write to, as JSON by HTTP on loopback, behind a token. */
export class CompanyServer {
  readonly people: Person[] = Array.from({ length: 10 }, (_, n) => ({
    ...{ id: `p-${n + 1}`, name: `Person Number ${n + 1}`, mail: `person${n + 1}@company.example` },
    ...{ team: `t-${(n % 2) + 1}`, seq: n + 1 },
  }));
  readonly teams = Array.from({ length: 4 }, (_, n) => ({ id: `t-${n + 1}`, title: `Team ${n + 1}`, seq: n + 1 }));
  readonly accounts = new Map<string, Account>();
  url = 'http://company.example';
  private seq = 100;
  private made = 0;
  private readonly server = createServer((request, response) => void this.reply(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Changes somebody; returns the id. */
  change(): string {
    const person = this.people[4]!;
    person.seq = ++this.seq;
    return person.id;
  }

  /** Tells that somebody changed, signed. */
  event(): CallbackRequest {
    const body = JSON.stringify({ person: this.people[1]!.id });
    return { method: 'POST', query: {}, headers: { 'x-signature': signature(body) }, body: Buffer.from(body) };
  }

  /** The same without a connection. */
  readonly http: HttpClient = async (address, { method = 'GET', headers = {}, body = '' } = {}) => {
    // As with a connection, others come to their turn meanwhile.
    await setImmediate();
    const url = new URL(address);
    const { status, body: said } = this.respond(method, url, headers['Authorization'], String(body));
    return httpAnswer(url, status, { 'content-type': 'application/json' }, Buffer.from(textOf(said)));
  };

  private async reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const said = await text(request);
    const { status, body } = this.respond(request.method ?? '', url, request.headers.authorization, said);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(textOf(body));
  }

  private respond(method: string, url: URL, authorization: string | undefined, said: string): Answer {
    return authorization === `Bearer ${TOKEN}` ? this.answer(method, url, said) : { status: 401, body: {} };
  }

  private answer(method: string, url: URL, said: string): Answer {
    const [, place = '', ref = ''] = url.pathname.split('/').map(decodeURIComponent);
    if (place === 'people') return this.list(this.people, url);
    if (place === 'teams') return this.list(this.teams, url);
    if (place === 'accounts') return this.account(method, ref, said);
    return { status: 404 };
  }

  private list(all: readonly { id: string; seq: number }[], url: URL): Answer {
    const one = url.searchParams.get('id');
    if (one !== null)
      return { status: 200, body: { items: all.filter(({ id }) => id === one), next: null, seq: this.seq } };
    const since = Number(url.searchParams.get('since') ?? 0);
    const some = all.filter(({ seq }) => seq > since);
    const start = Number(url.searchParams.get('start') ?? 0);
    const next = start + PER_PAGE < some.length ? start + PER_PAGE : null;
    return { status: 200, body: { items: some.slice(start, start + PER_PAGE), next, seq: this.seq } };
  }

  /** PUT makes or changes, DELETE removes; POST always makes another one. */
  private account(method: string, ref: string, said: string): Answer {
    if (method === 'DELETE') return { status: this.accounts.delete(ref) ? 204 : 404 };
    const given = JSON.parse(said) as Partial<Account>;
    const before = this.accounts.get(ref);
    if (method === 'PATCH' && !before) return { status: 404 };
    const key = method === 'POST' ? `${ref}-${++this.made}` : ref;
    const values = { ...before?.values, ...given.values };
    if (values['nickname'] === 'refuse me' || values['title'] === 'refuse me') return { status: 422 };
    const kept = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    this.accounts.set(key, {
      ref: key,
      kind: given.kind ?? before?.kind ?? 'user',
      values: kept,
      disabled: given.disabled ?? before?.disabled ?? false,
    });
    return { status: 200, body: { key } };
  }
}

export const signature = (body: string): string => createHmac('sha256', TOKEN).update(body).digest('hex');

const textOf = (body: unknown): string => (body === undefined ? '' : JSON.stringify(body));

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Department, Person } from '../map-record.js';

export const TOKEN = 'made-up-token';
/** Small, so that a small company fills several pages. */
const PER_PAGE = 3;

interface Changed {
  changedAt: string;
}

/** Acme HR on loopback, with a made-up company. Make it answer like the real one, its bad manners included. */
export class FakeApi {
  readonly departments: (Department & Changed)[] = ['Board', 'Sales', 'Research', 'Support'].map((name, n) => ({
    id: `d${n + 1}`,
    name,
    parentId: n === 0 ? null : 'd1',
    changedAt: '2026-01-01T00:00:00.000Z',
  }));
  readonly people: (Person & Changed)[] = Array.from({ length: 10 }, (_, n) => ({
    id: `p${n + 1}`,
    name: `Person Number ${n + 1}`,
    email: `person${n + 1}@company.example`,
    departmentId: `d${(n % 4) + 1}`,
    managerId: n === 0 ? null : 'p1',
    active: n !== 9,
    changedAt: '2026-01-01T00:00:00.000Z',
  }));
  /** So many more there are, whom the token does not see. */
  hidden = 0;
  private readonly server = createServer((request, response) => this.reply(request, response));

  /** `port`: 0 is any that is free. */
  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private reply(request: IncomingMessage, response: ServerResponse): void {
    const { status, body } = this.answer(request);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private answer({ url = '/', headers }: IncomingMessage): { status: number; body: unknown } {
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { error: 'who are you?' } };
    const { pathname, searchParams } = new URL(url, this.url);
    const lists: Record<string, readonly Changed[]> = { '/departments': this.departments, '/people': this.people };
    const list = lists[pathname];
    if (!list) return { status: 404, body: { error: 'no such list' } };
    const since = searchParams.get('changedSince') ?? '';
    const some = list.filter(({ changedAt }) => changedAt >= since);
    const start = Number(searchParams.get('after') ?? 0);
    const next = start + PER_PAGE < some.length ? String(start + PER_PAGE) : null;
    const items = some.slice(start, start + PER_PAGE);
    return { status: 200, body: { items, next, now: new Date().toISOString(), hidden: this.hidden } };
  }
}

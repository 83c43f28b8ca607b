import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export const TOKEN = 'made-up-token';

interface Person {
  id: string;
  name: string | null;
  email: string | null;
  active: boolean;
}

interface Answer {
  status: number;
  body?: object;
}

/** Acme CRM on loopback. Make it answer like the real one, its bad manners included. */
export class FakeApi {
  readonly people = new Map<string, Person>();
  private readonly server = createServer((request, response) => void this.reply(request, response));

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

  private async reply(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = this.answer(request, await text(request));
    response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
  }

  private answer({ method, url = '/', headers }: IncomingMessage, said: string): Answer {
    if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { error: 'who are you?' } };
    const [, list, key] = new URL(url, this.url).pathname.split('/').map(decodeURIComponent);
    if (list !== 'people') return { status: 404, body: { error: 'no such list' } };
    if (key === undefined) return { status: 200, body: { items: [...this.people.values()] } };
    if (method === 'DELETE') return { status: this.people.delete(key) ? 204 : 404 };
    const before = this.people.get(key);
    if (method === 'PATCH' && !before) return { status: 404, body: { error: 'nobody' } };
    const given = JSON.parse(said) as Partial<Person>;
    if (typeof given.email === 'string' && !given.email.includes('@')) return { status: 422, body: { error: 'email' } };
    const person: Person = { name: null, email: null, active: true, ...before, ...given, id: key };
    this.people.set(key, person);
    return { status: 200, body: person };
  }
}

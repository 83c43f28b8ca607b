import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ChangesMessage, Entry, PingMessage } from '@rollcall/target-webhook';

/** One message as it came. */
export interface Received {
  id: string;
  headers: IncomingHttpHeaders;
  message: ChangesMessage | PingMessage;
}

/** What the receiver answers. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Receiver {
  url: string;
  /** Every message, in the order in which they came, refused ones included. */
  received: Received[];
  /** Asked for each message. Undefined: the connection breaks off, though the message was taken. */
  reply: (message: Received) => Reply | undefined;
  /** Every entry of every message. */
  entries(): Entry[];
  /** What it knows after all that it took, done as the adapter's README says: record id → the newest entry. */
  kept: Map<number, Entry>;
  /** Forgets everything, and takes everything again. */
  reset(): void;
  stop(): Promise<void>;
}

const TAKEN = (): Reply => ({ status: 204 });

/** A receiver on loopback that checks signatures. One that is wrong is answered with 401. */
export async function startReceiver(secret: string): Promise<Receiver> {
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const { headers } = request;
      if (!isSigned(secret, headers, body)) {
        response.writeHead(401).end();
        return;
      }
      const message = JSON.parse(body.toString()) as Received['message'];
      const received = { id: String(headers['webhook-id']), headers, message };
      receiver.received.push(received);
      const reply = receiver.reply(received);
      if (!reply || reply.status < 300) keep(receiver, received, reply?.body);
      if (!reply) request.socket.destroy();
      else response.writeHead(reply.status, reply.headers).end(reply.body && JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/rollcall`,
    received: [],
    reply: TAKEN,
    kept: new Map(),
    entries: () => receiver.received.flatMap(entriesOf),
    reset() {
      this.received = [];
      this.reply = TAKEN;
      this.kept.clear();
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

function isSigned(secret: string, headers: IncomingHttpHeaders, body: Buffer): boolean {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key)
    .update(`${String(id)}.${String(timestamp)}.${body.toString()}`)
    .digest('base64');
  const fresh = Math.abs(Date.now() / 1000 - Number(timestamp)) < 300;
  return fresh && String(signatures).split(' ').includes(`v1,${signature}`);
}

const entriesOf = ({ message }: Received): readonly Entry[] =>
  message.type === 'rollcall.changes' ? message.data.changes : [];

function keep(receiver: Receiver, received: Received, body: unknown): void {
  const refused = (body as { refused?: { recordId: number }[] } | undefined)?.refused ?? [];
  for (const entry of entriesOf(received)) {
    const known = receiver.kept.get(entry.recordId);
    const isRefused = refused.some(({ recordId }) => recordId === entry.recordId);
    if (!isRefused && (known === undefined || entry.version >= known.version)) receiver.kept.set(entry.recordId, entry);
  }
}

import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Corp } from '../server.mjs';
import { load } from './load.ts';

/** Somebody who is called back: verifies and decrypts everything, and answers as `status` says. */
export interface Receiver {
  url: string;
  /** Decrypted messages in the order in which they came. */
  messages: string[];
  /** The requests as they came: path with query, and body. */
  requests: { url: string; body: string }[];
  /** Statuses of the next answers; 200 when there are no more. `hang`: none. */
  answers: (number | 'hang')[];
  /** What the URL verification is answered with, made from the right answer. */
  echo: (text: string) => string;
  /** Values of an element in all messages. */
  values(element: string): string[];
  close(): Promise<void>;
}

export async function startReceiver({ corpId, callbackToken, encodingAesKey }: Corp): Promise<Receiver> {
  const { decrypt, signatureOf } = await load('callback/crypto.mjs');
  const open = (query: URLSearchParams, encrypted: string): string => {
    const parts = [callbackToken, query.get('timestamp'), query.get('nonce'), encrypted];
    if (signatureOf(...parts) !== query.get('msg_signature')) throw new Error('The signature is wrong.');
    const { message, receiveId } = decrypt(encodingAesKey, encrypted);
    if (receiveId !== corpId) throw new Error('The receiver is another.');
    return message;
  };
  const receiver: Receiver = {
    url: '',
    messages: [],
    requests: [],
    answers: [],
    echo: (text) => text,
    values: (element) => receiver.messages.flatMap((message) => valueOf(message, element) ?? []),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const { searchParams } = new URL(request.url!, 'http://receiver');
      receiver.requests.push({ url: request.url!, body });
      if (request.method === 'GET') {
        // As URLs are read, a "+" that was not encoded is a space.
        const echostr = searchParams.get('echostr')!.replaceAll(' ', '+');
        response.end(receiver.echo(open(searchParams, echostr)));
        return;
      }
      const status = receiver.answers.shift() ?? 200;
      receiver.messages.push(open(searchParams, valueOf(body, 'Encrypt') ?? JSON.parse(body).encrypt));
      if (status !== 'hang') response.writeHead(status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  return receiver;
}

/** The text of an element, sections taken off. */
export function valueOf(xml: string, element: string) {
  const inner = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(xml)?.[1];
  return inner?.replace(/<!\[CDATA\[(.*?)\]\]>/gs, '$1');
}

async function textOf(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

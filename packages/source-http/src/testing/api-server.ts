import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { HttpClient } from '@rollcall/core';
import { httpAnswer } from '@rollcall/core/checks';
import type { Endpoint, PullOptions } from '../pull/config';

export interface ApiRequest {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What the server answers: an object as JSON, or everything said. */
export interface ApiAnswer {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as it is when it is text. */
  body?: unknown;
}

export interface ApiServer {
  url: string;
  requests: ApiRequest[];
  answer: (request: ApiRequest) => ApiAnswer;
  close(): Promise<void>;
}

/** Somebody's JSON API on loopback. */
export async function startApiServer(): Promise<ApiServer> {
  const server = createServer((request, response) => void reply(api, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: ApiServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answer: () => ({ status: 404 }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
}

async function reply(api: ApiServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const asked: ApiRequest = {
    method: request.method ?? '',
    url: new URL(request.url ?? '', api.url),
    headers: request.headers,
    body: await text(request),
  };
  api.requests.push(asked);
  const { status = 200, headers = {}, body } = api.answer(asked);
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** A client without any rules, for loopback. */
export const plainClient: HttpClient = async (url, { method = 'GET', headers = {}, body } = {}) => {
  const got = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body: Buffer.from(body) }),
  });
  const bytes = new Uint8Array(await got.arrayBuffer());
  return httpAnswer(new URL(url), got.status, Object.fromEntries(got.headers), bytes);
};

/** An endpoint with the defaults of the schema. */
export function endpoint(
  given: Partial<Omit<Endpoint, 'paging'>> & { url: string; paging?: Partial<Endpoint['paging']> },
): Endpoint {
  return {
    method: 'GET',
    records: '$',
    fields: { uid: 'id', nickname: 'name' },
    customFields: {},
    clearMissing: false,
    sinceFormat: 'iso',
    ...given,
    paging: { type: 'none', first: 1, ...given.paging },
  };
}

/** Options with the defaults of the schema. */
export function options(given: Partial<PullOptions>): PullOptions {
  return {
    headers: [],
    authentication: 'none',
    headerName: 'X-Api-Key',
    clientAuthentication: 'header',
    tokenParameters: {},
    timeoutSeconds: 30,
    maxMegabytes: 32,
    maxPages: 10_000,
    ...given,
  };
}

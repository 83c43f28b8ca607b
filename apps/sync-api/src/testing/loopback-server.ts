import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { SELF_SIGNED } from './self-signed';

/** A server on loopback that stands for another system. */
export interface LoopbackServer {
  port: number;
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** How many connections it saw. */
  connections(): number;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  /** Under a certificate that nobody trusts. */
  tls?: boolean;
  /** It is a proxy: what it does when a tunnel is asked for. */
  onConnect?: (request: IncomingMessage, socket: Duplex) => void;
}

/** Answers on a free port of 127.0.0.1. */
export async function startLoopbackServer(
  listener: RequestListener,
  { tls = false, onConnect }: LoopbackOptions = {},
): Promise<LoopbackServer> {
  const server = tls ? createTlsServer(SELF_SIGNED, listener) : createServer(listener);
  if (onConnect) server.on('connect', onConnect);
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

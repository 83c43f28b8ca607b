import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { codeOf, keepPort } from './processes';
import { keepSecret, writeSecret } from './secret-file';

/** Where the Redis of a folder listens; kept in the folder's address.json, which the next start reads. */
export type RedisAddress = { server: RedisKind } & (
  { kind: 'socket' } | { kind: 'tcp'; port: number; password: string }
);

/** A server program on PATH, one unpacked from Debian's or Ubuntu's packages, or one written in JavaScript. */
export type RedisKind = 'path' | 'debian' | 'javascript';

/** A unix socket where its name fits, else a free port of the loopback interface and a password. */
export async function chooseAddress(directory: string, server: RedisKind): Promise<RedisAddress> {
  const fits = Buffer.byteLength(socketPath(directory)) <= 100 && !directory.includes('?');
  const address: RedisAddress = fits
    ? { server, kind: 'socket' }
    : {
        server,
        kind: 'tcp',
        port: await keepPort(join(directory, 'port')),
        password: keepSecret(join(directory, 'password')),
      };
  writeSecret(join(directory, 'address.json'), JSON.stringify(address));
  return address;
}

export function readAddress(directory: string): RedisAddress | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, 'address.json'), 'utf8')) as RedisAddress;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What ioredis takes: the path of the socket, or a redis: URL. */
export function redisUrl(directory: string, address: RedisAddress): string {
  if (address.kind === 'socket') return socketPath(directory);
  return `redis://:${address.password}@127.0.0.1:${address.port}`;
}

/** True once the server answers PING; false while it loads, and when nobody or somebody else listens there. */
export function answersPing(directory: string, address: RedisAddress): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(
      address.kind === 'socket' ? { path: socketPath(directory) } : { host: '127.0.0.1', port: address.port },
    );
    let answer = '';
    const settle = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(5_000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.once('connect', () => {
      if (address.kind === 'tcp') socket.write(command('AUTH', address.password));
      socket.write(command('PING'));
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('+PONG\r\n')) settle(true);
      else if (answer.includes('-')) settle(false);
    });
  });
}

function socketPath(directory: string): string {
  return join(directory, 'redis.sock');
}

function command(...words: string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
}

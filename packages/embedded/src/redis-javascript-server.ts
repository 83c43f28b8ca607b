import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
  type CommandDefinition,
  RedisServerState,
  Resp2Server,
  createAuthPolicy,
  createRedisCommandExecutor,
  createTransactionPolicy,
  defineCommand,
  redisCommandDefinitions,
  t,
} from 'js-redis-server/core';
import type { RedisAddress } from './redis-address';

/**
 * A process of its own: a Redis written in JavaScript, for machines where no other can be had. It keeps nothing on disk:
 * Postgres is the truth, and what was queued is queued again by the sweeper. Usage: node redis-javascript-server.js,
 * in a folder that holds address.json.
 */
const address = JSON.parse(readFileSync('address.json', 'utf8')) as RedisAddress;

interface ListMove {
  source: Buffer;
  destination: Buffer;
  timeout: number;
}

const blmove = redisCommandDefinitions.find(({ name }) => name === 'blmove') as CommandDefinition<
  ListMove & { fromDirection: 'left' | 'right'; toDirection: 'left' | 'right' }
>;

/** The one command of Bull's that the package lacks: BLMOVE from right to left under its old name. */
const brpoplpush = defineCommand<ListMove>({
  name: 'brpoplpush',
  schema: t.object({ source: t.key(), destination: t.key(), timeout: t.float() }),
  flags: [...blmove.flags],
  keys: ({ source, destination }) => [source, destination],
  execute: (args, context) => blmove.execute({ ...args, fromDirection: 'right', toDirection: 'left' }, context),
});

const state = new RedisServerState({
  databaseCount: 16,
  ...(address.kind === 'tcp' ? { requirepass: address.password } : {}),
});
const executor = createRedisCommandExecutor({
  extraCommands: [brpoplpush],
  policies: [createAuthPolicy(), createTransactionPolicy()],
});
// The package's own listen() takes every interface, hence its inner server.
const { server } = new Resp2Server({ server: state, executor }) as unknown as { server: import('node:net').Server };

server.once('error', (error) => {
  console.error(String(error));
  process.exit(1);
});
server.once('listening', () => {
  if (address.kind === 'socket') chmodSync('redis.sock', 0o700);
  writeFileSync('redis.pid', `${process.pid}\n`);
});
process.once('SIGTERM', () => {
  rmSync('redis.pid', { force: true });
  process.exit(0);
});

if (address.kind === 'socket') {
  rmSync('redis.sock', { force: true });
  server.listen('redis.sock');
} else {
  server.listen(address.port, '127.0.0.1');
}

// Locks that no killed process can leave behind: the kernel closes a listening socket however its process ends.
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Takes a lock for this process, or says who has it: `{ release() }` or `{ holder: { pid, what } }`. */
export async function takeLock(id, what) {
  const path = lockPath(id);
  for (let attempt = 0; attempt < 20; attempt++) {
    const server = createServer((socket) => socket.on('error', ignore).end(JSON.stringify({ pid: process.pid, what })));
    if (await listens(server, path)) return { release: () => server.close() };
    const holder = await ask(path);
    if (holder) return { holder };
    if (!path.startsWith('\0')) rmSync(path, { force: true }); // nobody listens: its owner was killed
    await sleep(50);
  }
  return { holder: { what: 'a process that does not say who it is' } };
}

/** Who has a lock, as it says itself; undefined when nobody has it. */
export function whoHolds(id) {
  return ask(lockPath(id));
}

/** False when somebody else has the name. The lock alone keeps no process alive. */
function listens(server, path) {
  return new Promise((done, fail) => {
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? done(false) : fail(error)));
    server.listen(path, () => done(true)).unref();
  });
}

/** What the holder says about itself; undefined when it is gone. */
function ask(path) {
  return new Promise((done) => {
    let answer = '';
    const socket = connect(path).setTimeout(1_000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('error', ignore);
    socket.on('close', () => done(answer ? JSON.parse(answer) : undefined));
  });
}

/** Linux has names that live in the kernel alone; elsewhere it is a file. */
function lockPath(id) {
  const name = `rollcall-${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

/** The other side has gone; the `close` event that follows is what counts. */
function ignore() {
  // nothing to do
}

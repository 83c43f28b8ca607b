// The folder that one running Rollcall has for itself, and the port that it wants.
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from './bootstrap.mjs';

/** ROLLCALL_HOME, made when it is not there. */
export function openHome() {
  const home = resolve(process.env.ROLLCALL_HOME || '.rollcall');
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
    return realpathSync(home);
  } catch (error) {
    throw new Refusal(
      `${home} cannot be used as ROLLCALL_HOME (${error.code}). Set ROLLCALL_HOME to a folder that this user can write.`,
    );
  }
}

/**
 * Takes the home for this process, or returns who has it as `{ holder: { pid, what } }`. The lock is a listening socket,
 * so the kernel lets go of it however the process ends.
 */
export async function lockHome(home, what) {
  const name = lockName(home);
  for (let attempt = 0; attempt < 20; attempt++) {
    const server = createServer((socket) => socket.on('error', ignore).end(JSON.stringify({ pid: process.pid, what })));
    if (await listen(server, { path: name })) return { release: () => server.close() };
    const holder = await ask(name);
    if (holder) return { holder };
    if (!name.startsWith('\0')) rmSync(name, { force: true }); // nobody listens: its owner was killed
    await sleep(50);
  }
  return { holder: { what: 'a process that does not say who it is' } };
}

export function refuseSecondCopy(home, { pid, what }) {
  throw new Refusal(
    `${home} is in use by ${what}${pid ? ` (process ${pid})` : ''}, and two cannot share it. ` +
      'Stop that one, or set ROLLCALL_HOME to another folder (and PORT to another port) to run beside it.',
  );
}

/** Refuses a port that cannot be had, before anything that takes long. */
export async function checkPort() {
  const host = process.env.HOST || '127.0.0.1';
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Refusal(`PORT=${process.env.PORT} is not a whole number from 0 to 65535.`);
  }
  const server = createServer();
  const another = `Choose another one: PORT=${port + 1} npm start`;
  const refusals = {
    EADDRINUSE: `Port ${port} of ${host} is taken by another program. ${another}`,
    EACCES: `Port ${port} is for root only. ${another.replace(String(port + 1), '8080')}`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has, such as 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `This machine does not know the name ${host}. Set HOST to an address, such as 127.0.0.1 or 0.0.0.0.`,
  };
  if (await listen(server, { host, port }, refusals)) await new Promise((done) => server.close(done));
}

/** False when the address is in use, unless there is a text for that. */
function listen(server, address, refusals = {}) {
  return new Promise((done, fail) => {
    server.once('error', (error) => {
      if (refusals[error.code]) fail(new Refusal(refusals[error.code]));
      else if (error.code === 'EADDRINUSE') done(false);
      else fail(error);
    });
    server.listen(address, () => done(true));
    server.unref();
  });
}

/** What the holder of a lock says about itself. */
function ask(name) {
  return new Promise((done) => {
    let answer = '';
    const socket = connect(name).setTimeout(1_000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('error', ignore);
    socket.on('close', () => done(answer ? JSON.parse(answer) : undefined));
  });
}

/** Linux has names that live in the kernel alone; elsewhere a file that a killed process leaves behind. */
function lockName(home) {
  const id = `rollcall-${createHash('sha256').update(home).digest('hex').slice(0, 32)}`;
  return process.platform === 'linux' ? `\0${id}` : join(tmpdir(), `${id}.sock`);
}

/** The other side has gone; its `close` event is what counts. */
function ignore() {
  // nothing to do
}

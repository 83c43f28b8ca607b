// The folder that one running Rollcall has for itself, and the port that it wants.
import { accessSync, constants, mkdirSync, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { takeLock } from './lock.mjs';
import { Refusal } from './terminal.mjs';

/**
 * The home for a Rollcall that is about to start in this process, and for no other; `typed` is the command that was used.
 * Refuses a home or a port that cannot be had, before anything that takes long.
 */
export async function claimHome(typed) {
  const home = openHome();
  const { holder } = await lockHome(home, 'a running Rollcall');
  if (holder) refuseSecondCopy(home, holder);
  if (process.env.ROLLCALL_ROLE !== 'worker') await checkPort(typed);
  return home;
}

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

/** Takes the home for this process, or returns who has it; see takeLock. */
export function lockHome(home, what) {
  return takeLock(home, what);
}

function refuseSecondCopy(home, { pid, what }) {
  throw new Refusal(
    `${home} is in use by ${what}${pid ? ` (process ${pid})` : ''}, and two cannot share it. ` +
      'Stop that one, or set ROLLCALL_HOME to another folder (and PORT to another port) to run beside it.',
  );
}

async function checkPort(typed) {
  const host = process.env.HOST || '127.0.0.1';
  const port = Number(process.env.PORT || 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Refusal(`PORT=${process.env.PORT} is not a whole number from 0 to 65535.`);
  }
  const refusals = {
    EADDRINUSE: `Port ${port} of ${host} is taken by another program. Choose another one: PORT=${port + 1} ${typed}`,
    EACCES: `Port ${port} is for root only. Choose another one: PORT=8080 ${typed}`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set HOST to one that it has, such as 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `This machine does not know the name ${host}. Set HOST to an address, such as 127.0.0.1 or 0.0.0.0.`,
  };
  await new Promise((done, fail) => {
    const server = createServer();
    server.once('error', (error) => fail(refusals[error.code] ? new Refusal(refusals[error.code]) : error));
    server.listen({ host, port }, () => server.close(done));
  });
}

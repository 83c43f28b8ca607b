import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lockHome, openHome } from '../home.mjs';
import { Refusal } from '../terminal.mjs';

export const adminReset = {
  usage: 'rollcall admin-reset',
  summary: 'makes a new password for the account "admin", whether Rollcall runs or not',
  help: 'With a Postgres of yours, set DATABASE_URL as the service has it.',
  async run() {
    const { resetAdminPassword } = await import('@rollcall/sync-api/admin-reset');
    const { username, password } = await withDatabase((url) =>
      resetAdminPassword(url).catch((cause) => {
        throw new Refusal(`No password was changed. ${cause.message || cause.code}`, { cause });
      }),
    );
    console.log(
      `\n  Admin     ${username}\n  Password  ${password}\n\n  Whoever was signed in as ${username} is signed out.\n`,
    );
  },
};

async function withDatabase(work) {
  if (process.env.DATABASE_URL) return work(process.env.DATABASE_URL);
  const home = openHome();
  const directory = join(home, 'postgres');
  if (!existsSync(join(directory, 'data'))) {
    throw new Refusal(`Rollcall was never started in ${home}. Start it once: the first start prints the password.`);
  }
  const { findEmbeddedPostgres, startEmbeddedPostgres } = await import('@rollcall/embedded');
  const lock = await lockHome(home, 'npx rollcall admin-reset');
  const running = await findEmbeddedPostgres({ directory });
  if (lock.holder && !running) {
    throw new Refusal(`${home} is in use by ${lock.holder.what}, which is just starting or stopping. Try again.`);
  }
  const postgres = running ?? (await startEmbeddedPostgres({ directory }));
  try {
    return await work(postgres.url('rollcall'));
  } finally {
    if (!running) await postgres.stop();
    lock.release?.();
  }
}

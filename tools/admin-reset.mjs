// npm run admin:reset: a new password for the account "admin", whether Rollcall runs or not.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { REPOSITORY, Refusal, build, checkNode, install, main } from './bootstrap.mjs';
import { lockHome, openHome } from './home.mjs';

await main(async () => {
  checkNode();
  const script = join(REPOSITORY, 'apps', 'sync-api', 'dist', 'auth', 'reset-admin-password.js');
  if (!existsSync(script)) {
    await install();
    await build();
  }
  const { resetAdminPassword } = await import(pathToFileURL(script).href);
  const { username, password } = await withDatabase((url) =>
    resetAdminPassword(url).catch((cause) => {
      throw new Refusal(`No password was changed. ${cause.message || cause.code}`, { cause });
    }),
  );
  console.log(
    `\n  Admin     ${username}\n  Password  ${password}\n\n  Whoever was signed in as ${username} is signed out.\n`,
  );
});

async function withDatabase(work) {
  if (process.env.DATABASE_URL) return work(process.env.DATABASE_URL);
  const home = openHome();
  const directory = join(home, 'postgres');
  if (!existsSync(join(directory, 'data'))) {
    throw new Refusal(`Rollcall was never started in ${home}: run "npm start".`);
  }
  const { findEmbeddedPostgres, startEmbeddedPostgres } = await import('@rollcall/embedded');
  const lock = await lockHome(home, 'npm run admin:reset');
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

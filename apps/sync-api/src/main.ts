import { FirstStartService } from './auth/first-start.service';
import { type Booted, boot } from './boot';
import { Config } from './config';
import { isDatabaseAway } from './database/unavailable';
import { errorCode } from './error-code';
import { goOnAfterRejections, stopAfterExceptions } from './start/stray-errors';

/** A stop that takes longer is cut off: what runs goes on after the next start. */
const STOP_MS = 9_500;

/** A process against Postgres and Redis that run elsewhere: `node apps/sync-api/dist/main.js`. */
async function main(): Promise<void> {
  const config = new Config(process.env);
  goOnAfterRejections();
  const starting = boot(config).catch((error: unknown) => {
    throw new Error(explain(error, config), { cause: error });
  });
  stopWhenAsked(starting);
  const booted = await starting;
  if (!config.servesApi) {
    console.log('Waiting for tasks.');
    return;
  }
  const first = await booted.app.get(FirstStartService).run();
  if (first) {
    const password = first.password ?? '(from ROLLCALL_ADMIN_PASSWORD)';
    console.log(`First start. Admin "${first.username}", password ${password}, shown once.`);
    console.log(`API key for the source "api", shown once: ${first.key}`);
  }
  console.log(`Listening at ${booted.url ?? ''}`);
}

/** By a signal, or an exception that nobody caught; also while it starts. What asks twice, such as a terminal and a supervisor, is heard once. */
function stopWhenAsked(starting: Promise<Booted>): void {
  let stopping = false;
  const stop = (code: number): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    starting
      .then((booted) => booted.close())
      .then(
        () => process.exit(code),
        (error: unknown) => fail(error),
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(0));
  // Of `rollcall dev`, which was killed.
  process.on('disconnect', () => stop(0));
  stopAfterExceptions(() => stop(1));
}

/** What the system says of a boot that failed, and the setting to look at. */
function explain(error: unknown, { port, host, databaseUrl }: Config): string {
  const message = error instanceof Error ? error.message : String(error);
  if (errorCode(error) === 'EADDRINUSE')
    return `Port ${port} of ${host} is taken by another program. Choose another PORT.`;
  if (!isDatabaseAway(error)) return message;
  const { host: server } = URL.canParse(databaseUrl) ? new URL(databaseUrl) : { host: 'its address' };
  return `Postgres cannot be reached at ${server}: ${message}. Look at DATABASE_URL.`;
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

main().catch(fail);

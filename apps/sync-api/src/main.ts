import { boot } from './boot';
import { Config } from './config';
import { FirstStartService } from './auth/first-start.service';

/** A process against Postgres and Redis that run elsewhere: `node apps/sync-api/dist/main.js`. */
async function main(): Promise<void> {
  const config = new Config(process.env);
  const booted = await boot(config);
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    // Something that does not let go must not keep the process for ever.
    setTimeout(() => process.exit(1), 9_500).unref();
    booted.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`Stopping after ${signal} failed.`, error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (!config.servesApi) return;
  const first = await booted.app.get(FirstStartService).run();
  if (first) {
    console.log(
      `First start. Sign in at ${booted.url ?? ''} as "${first.username}" with the password ${first.password ?? 'from ROLLCALL_ADMIN_PASSWORD'}`,
    );
    console.log(`API key for the source "api", shown once: ${first.key}`);
  }
  console.log(`Listening at ${booted.url ?? ''}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

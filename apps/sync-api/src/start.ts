import { FirstStartService } from './auth/first-start.service';
import { type Booted, boot } from './boot';
import { Config } from './config';
import { banner } from './start/banner';
import { Servers } from './start/servers';
import { stopOnSignal } from './start/stop-on-signal';

/**
 * `npm start` after installing and building: Postgres and Redis below `home` unless the environment names others, the
 * service, the banner. Comes back when the service runs; from then on a signal ends it.
 */
export async function start(home: string, progress: (text: string) => void): Promise<void> {
  const broken = new AbortController();
  const servers = new Servers({ ...process.env, ROLLCALL_HOME: home }, home, progress);
  let booted: Booted | undefined;

  const run = async (): Promise<void> => {
    const env = await servers.start(broken.signal);
    const config = new Config(env);
    progress('Starting the service …');
    booted = await boot(config, { logToStdout: showsLog() });
    broken.signal.throwIfAborted();
    const first = config.servesApi ? await booted.app.get(FirstStartService).run() : undefined;
    progress('Rollcall runs.');
    console.log(banner({ config, url: booted.url, first, logOnScreen: showsLog() }));
  };

  const fail = stopOnSignal({
    drain: async () => {
      if (booted) progress('Stopping; what runs is brought to an end …');
      broken.abort();
      await starting.catch(wasReported);
      await booted?.close();
    },
    stopServers: (patience) => servers.stop(patience),
    done: (clean) => progress(clean ? 'Stopped.' : 'Stopped. What was cut off goes on at the next start.'),
  });
  const starting = run();
  try {
    await starting;
  } catch (error) {
    await fail(error);
  }
}

/** At a terminal the log would bury the banner; it is in files too. */
function showsLog(): boolean {
  return !process.stdout.isTTY || Boolean(process.env['LOG_LEVEL']);
}

/** A start that failed was reported by whoever awaits it; one that was broken off has nothing to report. */
function wasReported(): void {
  // nothing to do
}

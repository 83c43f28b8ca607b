import { type DestinationStream, type Logger, pino } from 'pino';
import { describeError } from './describe-error';
import { LogFiles } from './log-files';
import { lineContext } from './request-context';

/** Where the lines of this process go: to standard output, and to files once there is a home for them. */
class LogOutput implements DestinationStream {
  private readonly stdout = pino.destination({ fd: 1, sync: true });
  private files: LogFiles | undefined;
  private toStdout = true;

  write(line: string): void {
    if (this.toStdout) this.stdout.write(line);
    this.files?.write(line);
  }

  open(directory: string, toStdout: boolean): void {
    this.close();
    this.toStdout = toStdout;
    // A full disk must not stop the service; whoever reads the standard output learns of it.
    this.files = new LogFiles(directory, (error) =>
      this.stdout.write(`${JSON.stringify({ level: 50, msg: error.message })}\n`),
    );
  }

  close(): void {
    this.files?.close();
    this.files = undefined;
    this.toStdout = true;
  }
}

const output = new LogOutput();

/** Names under which secrets and people's data travel. Bodies are never logged; this is the second net. */
const SECRETS = ['authorization', 'cookie', 'set-cookie', 'password', 'secret', 'token', 'key', 'email', 'phone'];

/** The one logger of this process. Everybody logs through Nest's `Logger`, which ends here. */
export const logger: Logger = pino(
  {
    base: null,
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: lineContext,
    serializers: { err: describeError },
    redact: { paths: SECRETS.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: '[redacted]' },
  },
  output,
);

/** From now on lines also go to files in `directory`. */
export function openLog(directory: string, level: string, toStdout: boolean): void {
  output.open(directory, toStdout);
  logger.level = level;
}

export function closeLog(): void {
  output.close();
}

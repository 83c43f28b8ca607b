import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const SERVICE = join(__dirname, '..', 'main.js');

/** A service that has not ended by then is killed: what it was at goes on in the next one. */
const STOP_MS = 5_000;

/** The service in a process of its own, so that an adapter that was built anew can be loaded. */
export class ServiceProcess {
  /** Its address; undefined when it ended before it had one. */
  readonly ready: Promise<string | undefined>;
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private stopping = false;

  /** `say` hears what adapters log, warnings of the service, and why it does not start. */
  constructor(env: NodeJS.ProcessEnv, say: (line: string) => void) {
    // Ctrl-C at the terminal is ours alone to hear; the channel ends with us, and the service with the channel.
    this.child = spawn(process.execPath, [SERVICE], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.ended = once(this.child, 'close');
    this.ready = new Promise((resolve) => {
      this.lines('stdout', (line) => {
        const url = /^Listening at (.*)$/.exec(line)?.[1];
        if (url !== undefined) resolve(url);
        else for (const shown of worthSaying(line)) say(shown);
      });
      void this.ended.then(() => resolve(undefined));
    });
    this.lines('stderr', say);
    void this.ready.then(async (url) => {
      if (url === undefined) return;
      await this.ended;
      if (!this.stopping) say('Rollcall has ended by itself. It starts again when the adapter changes.');
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    const patience = new AbortController();
    const late = sleep(STOP_MS, 'late', { signal: patience.signal }).catch(() => 'in time');
    if ((await Promise.race([this.ended, late])) === 'late') this.child.kill('SIGKILL');
    patience.abort();
    await this.ended;
  }

  private lines(stream: 'stdout' | 'stderr', heard: (line: string) => void): void {
    const input = this.child[stream];
    if (input) createInterface({ input }).on('line', heard);
  }
}

interface LogLine {
  level: string;
  context?: string;
  msg?: string;
  details?: string;
}

/** What of a line of the system log somebody wants to see who writes an adapter. */
function worthSaying(line: string): string[] {
  const { level, context = '', msg = '', details } = readLogLine(line);
  const ofAdapter = /^(source|target) /.test(context);
  if (!ofAdapter && !['warn', 'error', 'fatal'].includes(level)) return [];
  return [`${level.padEnd(5)} ${context}: ${msg}${details === undefined ? '' : ` ${details}`}`];
}

function readLogLine(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    // Not of the log: the first start tells a password here, which is ours.
    return { level: 'none' };
  }
}

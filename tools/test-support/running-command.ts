import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A command as somebody runs it at a terminal, in a process group of its own. */
export class RunningCommand {
  /** On both streams. */
  output = '';
  /** On standard output alone. */
  printed = '';
  readonly ended: Promise<number | null>;
  private readonly process: ChildProcess;

  constructor(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
    const { NODE_ENV: _, ...inherited } = process.env;
    const [program = '', ...args] = command;
    this.process = spawn(program, args, { cwd, env: { ...inherited, ...env }, detached: true });
    for (const stream of [this.process.stdout!, this.process.stderr!]) {
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
    this.process.stdout!.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    this.ended = new Promise((resolve) => this.process.once('close', resolve));
  }

  /** Waits until it has said something, behind the first `from` characters. */
  async says(text: string | RegExp, from = 0): Promise<void> {
    const said = (output: string): boolean => (typeof text === 'string' ? output.includes(text) : text.test(output));
    while (!said(this.output.slice(from))) {
      if (this.process.exitCode !== null || this.process.signalCode !== null)
        throw new Error(`It ended and did not say "${String(text)}":\n${this.output}`);
      await sleep(20);
    }
  }

  /** To the whole group, as a terminal does. */
  signal(name: NodeJS.Signals): void {
    process.kill(-this.process.pid!, name);
  }

  /** As containers do. */
  signalOnlyTheFirst(name: NodeJS.Signals): void {
    this.process.kill(name);
  }

  /** Ends whatever still runs of it. */
  kill(): void {
    try {
      this.signal('SIGKILL');
    } catch (error) {
      // It ended by itself, as it should.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  async stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.ended;
  }

  find(pattern: RegExp): string {
    const found = pattern.exec(this.output)?.[1];
    if (!found) throw new Error(`No ${String(pattern)} in:\n${this.output}`);
    return found;
  }
}

import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AdapterPackage } from '../adapters/find-package';
import { inspectAdapters } from '../adapters/inspect-packages';
import { MEND } from './mend';
import { ServiceProcess } from './service-process';

export interface FollowedServiceFacts {
  found: AdapterPackage;
  home: string;
  /** Of the service. */
  env: NodeJS.ProcessEnv;
  /** Hears what adapters log and why the service does not start. */
  say: (line: string) => void;
  progress: (text: string) => void;
  /** The service runs for the first time, at this address. */
  runs: (url: string) => void;
}

/** The service with an adapter package that changes: started anew whenever it is asked, one start at a time. */
export class FollowedService {
  private service: ServiceProcess | undefined;
  private running: Promise<void> | undefined;
  private waiting: Promise<void> | undefined;
  private ran = false;
  private stopped = false;

  constructor(private readonly facts: FollowedServiceFacts) {}

  /** Asked while it is at it, it does it once more, however often it was asked. */
  restart(): Promise<void> {
    if (!this.running) return this.begin();
    return (this.waiting ??= this.running.then(() => this.begin()));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.service?.stop();
    await this.running;
    await this.service?.stop();
  }

  private begin(): Promise<void> {
    this.waiting = undefined;
    this.running = this.startAnew().finally(() => (this.running = undefined));
    return this.running;
  }

  private async startAnew(): Promise<void> {
    const { env, say, progress, runs } = this.facts;
    const began = Date.now();
    this.link();
    const problem = await this.problem();
    if (this.stopped) return;
    if (problem !== undefined) {
      const meanwhile = this.service
        ? 'Rollcall goes on with the adapter from before'
        : 'Rollcall starts when it is mended';
      progress(`${problem} ${meanwhile}.`);
      return;
    }
    await this.service?.stop();
    this.service = new ServiceProcess(env, say);
    const url = await this.service.ready;
    if (this.hasStopped()) return;
    if (url === undefined) progress('Rollcall does not start. Mend what is said above: it starts again by itself.');
    else if (this.ran) progress(`Runs with the adapter as it is now (${((Date.now() - began) / 1000).toFixed(1)} s).`);
    else {
      this.ran = true;
      runs(url);
    }
  }

  /** It may be told to while a start is under way. */
  private hasStopped(): boolean {
    return this.stopped;
  }

  /** As if it had been installed there, with its own dependencies. Anew each time: `rollcall add` takes away what it does not know. */
  private link(): void {
    const { found, home } = this.facts;
    const link = join(home, 'adapters', 'node_modules', found.name);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { recursive: true, force: true });
    symlinkSync(found.directory, link, 'junction');
  }

  /** Why the package cannot be loaded as it is now, found in a process that is ended again. */
  private async problem(): Promise<string | undefined> {
    const { found, home } = this.facts;
    const inspected = await inspectAdapters(join(home, 'adapters'), process.env, [found.name], MEND);
    return inspected.find(({ origin, error }) => origin === found.name && error !== null)?.error ?? undefined;
  }
}

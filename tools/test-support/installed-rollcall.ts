import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiCaller } from '../service-process.mjs';
import { install, link } from './installation.ts';
import { RunningCommand } from './running-command.ts';

/** npm installs the tarballs, which needs a registry for what is not ours; otherwise they are linked, which needs none. */
export const THOROUGH = process.env['ROLLCALL_THOROUGH'] === '1';

/** Rollcall as somebody has it who knows no repository: its packed packages in a folder, the command, a home. */
export class InstalledRollcall {
  private readonly running: RunningCommand[] = [];

  private constructor(
    /** Everything is below it, and gone at the end. */
    readonly folder: string,
    readonly port: number,
    private readonly password: string,
    private readonly signIn: (url: string) => Promise<ApiCaller>,
  ) {}

  static async open(): Promise<InstalledRollcall> {
    const { packTo, publishedPackages } = await import('../published-packages.mjs');
    const { PASSWORD, signIn } = await import('../service-process.mjs');
    const rollcall = new InstalledRollcall(
      mkdtempSync(join(tmpdir(), 'rollcall-installed-')),
      await freePort(),
      PASSWORD,
      signIn,
    );
    const packed = join(rollcall.folder, 'packed');
    mkdirSync(packed);
    const tarballs = await packTo(packed);
    const files = tarballs.map(({ filename }) => join(packed, filename));
    if (THOROUGH) await install(files, rollcall.project);
    else await link(tarballs, publishedPackages(), packed, rollcall.project);
    return rollcall;
  }

  /** Where it is installed. */
  get project(): string {
    return join(this.folder, 'a project');
  }

  get home(): string {
    return join(this.folder, 'a home');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  command(words: readonly string[], env: NodeJS.ProcessEnv = {}, typed = [this.bin]): RunningCommand {
    const command = new RunningCommand([...typed, ...words], this.project, {
      ROLLCALL_HOME: this.home,
      PORT: String(this.port),
      ROLLCALL_ADMIN_PASSWORD: this.password,
      ROLLCALL_EMBEDDED_REDIS: 'javascript',
      // What is on no registry is not looked for long, and in vain unless npm installs ours.
      npm_config_fetch_retries: '0',
      ...(!THOROUGH && { npm_config_registry: 'http://127.0.0.1:9' }),
      ...env,
    });
    this.running.push(command);
    return command;
  }

  /** Runs a command to its end; returns what it said. */
  async said(words: readonly string[], code = 0, env?: NodeJS.ProcessEnv): Promise<string> {
    const command = this.command(words, env);
    const ended = await command.ended;
    if (ended === code) return command.output;
    throw new Error(`rollcall ${words.join(' ')} ended with ${ended ?? 'a signal'}:\n${command.output}`);
  }

  /** Runs the product until it has said that it runs. */
  async started(typed?: string[]): Promise<{ rollcall: RunningCommand; api: ApiCaller }> {
    const rollcall = this.command([], {}, typed);
    await rollcall.says('Ctrl-C stops it.');
    return { rollcall, api: await this.signIn(this.url) };
  }

  /** Ends whatever still runs. */
  killAll(): void {
    for (const command of this.running.splice(0)) command.kill();
  }

  close(): void {
    this.killAll();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get bin(): string {
    return join(this.project, 'node_modules', '.bin', 'rollcall');
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address() as { port: number };
      server.close(() => resolve(address.port));
    });
  });
}

import type { AddressInfo } from 'node:net';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module';
import type { Config } from './config';
import { configureApp } from './http/configure-app';
import { closeLog, openLog } from './logs/logger';
import { NestLogger } from './logs/nest-logger';
import { keepHeapSmall } from './start/heap';

export interface BootOptions {
  /** Instead of the system log. */
  logger?: LoggerService | false;
  /** The system log goes to files and to standard output; false: to files alone. */
  logToStdout?: boolean;
}

export interface Booted {
  app: NestExpressApplication;
  /** Where the service answers; undefined for a process that only works on tasks. */
  url: string | undefined;
  /** Takes nothing new, answers what was asked, gives tasks back for another process to go on with, and closes everything. */
  close(): Promise<void>;
}

/** How long an answer may still take once the process was asked to stop. */
const DRAIN_MS = 6_000;

/** Starts the service in this process. Everything that starts it (npm start, main.js, tests) comes through here. */
export async function boot(config: Config, options: BootOptions = {}): Promise<Booted> {
  keepHeapSmall();
  openLog(config.logDirectory, config.logLevel, options.logToStdout ?? true);
  let app: NestExpressApplication | undefined;
  try {
    app = await NestFactory.create<NestExpressApplication>(await AppModule.forRoot(config), {
      bodyParser: false,
      abortOnError: false,
      logger: options.logger ?? new NestLogger(),
    });
    configureApp(app, config);
    if (config.servesApi) await app.listen(config.port, config.host);
    else await app.init();
  } catch (error) {
    await app?.close();
    closeLog();
    throw error;
  }
  return finished(app, config);
}

function finished(app: NestExpressApplication, config: Config): Booted {
  return { app, url: config.servesApi ? urlOf(app) : undefined, close: () => close(app) };
}

async function close(app: NestExpressApplication): Promise<void> {
  const server = app.getHttpServer();
  const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  // Nest closes the server last; connections that are refused now find another process.
  if (server.listening) server.close();
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
    closeLog();
  }
}

function urlOf(app: NestExpressApplication): string {
  const { address, port, family } = app.getHttpServer().address() as AddressInfo;
  if (address === '0.0.0.0' || address === '::') return `http://localhost:${port}`;
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`;
}

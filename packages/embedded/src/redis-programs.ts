import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { RedisKind } from './redis-address';
import { debianRedis, works } from './redis-debian';
import { StartError } from './start-error';

/** A redis-server program and the environment it needs. */
export interface RedisProgram {
  command: string;
  env: NodeJS.ProcessEnv;
}

/** Undefined stands for the JavaScript server. */
export type RedisChoice = { kind: RedisKind; program?: RedisProgram };

/** The first of the chain that works here; ROLLCALL_EMBEDDED_REDIS=path|debian|javascript insists on one of them. */
export async function chooseRedis(cacheDirectory: string, signal?: AbortSignal): Promise<RedisChoice> {
  const wanted = wantedKind();
  if (!wanted || wanted === 'path') {
    const program = await onPath();
    if (program) return { kind: 'path', program };
    if (wanted)
      throw new StartError('ROLLCALL_EMBEDDED_REDIS=path, but PATH has no redis-server or valkey-server that runs.');
  }
  if (!wanted || wanted === 'debian') {
    const program = await debianRedis(cacheDirectory, wanted === 'debian', signal);
    if (program) return { kind: 'debian', program };
    if (wanted) throw new StartError('ROLLCALL_EMBEDDED_REDIS=debian, but this is neither Debian nor derived from it.');
  }
  return { kind: 'javascript' };
}

export function wantedKind(): RedisKind | undefined {
  const text = process.env['ROLLCALL_EMBEDDED_REDIS'];
  if (!text) return undefined;
  if (text === 'path' || text === 'debian' || text === 'javascript') return text;
  throw new StartError(`ROLLCALL_EMBEDDED_REDIS=${text} is not one of path, debian, javascript.`);
}

async function onPath(): Promise<RedisProgram | undefined> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['redis-server', 'valkey-server']) {
      const program = { command: join(folder, name), env: process.env };
      if (folder && isExecutable(program.command) && (await works(program))) return program;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

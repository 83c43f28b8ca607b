import { join } from 'node:path';
import { Client } from 'pg';
import { codeOf, keepPort } from './processes';
import { StartError } from './start-error';

/** The superuser of every embedded Postgres. */
export const USER = 'rollcall';

/** `host` is the folder of a unix socket, or 127.0.0.1. */
export interface PostgresAddress {
  host: string;
  port: number;
}

/** A unix socket where its name fits (the kernel allows 107 characters), else a free port of the loopback interface. */
export async function choosePostgresAddress(directory: string): Promise<PostgresAddress> {
  const fits = Buffer.byteLength(join(directory, '.s.PGSQL.5432')) <= 100 && !/[,"\n]/.test(directory);
  return fits ? { host: directory, port: 5432 } : { host: '127.0.0.1', port: await keepPort(join(directory, 'port')) };
}

export function addressSettings({ host, port }: PostgresAddress): Record<string, string> {
  const socket = host.startsWith('/');
  return {
    port: String(port),
    listen_addresses: socket ? '' : host,
    unix_socket_directories: socket ? `"${host}"` : '',
    unix_socket_permissions: '0700',
  };
}

export function postgresUrl({ host, port }: PostgresAddress, password: string, database: string): string {
  const name = encodeURIComponent(database);
  if (!host.startsWith('/')) return `postgres://${USER}:${password}@${host}:${port}/${name}`;
  return `postgres://${USER}:${password}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
}

/** True once the server takes connections; false while it starts, recovers or stops. */
export async function takesConnections(address: PostgresAddress, password: string): Promise<boolean> {
  const client = new Client({
    connectionString: postgresUrl(address, password, 'postgres'),
    connectionTimeoutMillis: 5_000,
    ssl: false,
  });
  try {
    await new Promise((resolve, reject) => {
      client.once('error', reject);
      client.connect().then(resolve, reject);
    });
    return true;
  } catch (error) {
    if (codeOf(error) !== '28P01') return false;
    throw new StartError(
      'Postgres refuses the password in the file "password" beside its data. Restore that file from a backup.',
      { cause: error },
    );
  } finally {
    client.on('error', ignoreAfterEnd);
    client.end(ignoreAfterEnd);
  }
}

/** The connection served its purpose; how it ends says nothing. */
function ignoreAfterEnd(): void {
  // nothing to do
}

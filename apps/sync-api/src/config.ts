import { dirname, join, resolve } from 'node:path';
import { AddressRules, readAllowedPlace } from './outbound/address-rules';

export type Role = 'all' | 'api' | 'worker';

const ADMIN_WEB_DIRECTORY = join(dirname(require.resolve('@rollcall/admin-web/package.json')), 'dist');

/** Everything that the environment says, read once at boot. See docs/operating/environment.md. */
export class Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly home: string;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly role: Role;
  readonly logLevel: string;
  readonly adminPassword: string | undefined;
  readonly secretKey: string | undefined;
  /** Packages that are loaded beside those of `rollcall add`. */
  readonly adapters: readonly string[];
  readonly adaptersOnError: 'refuse' | 'skip';
  readonly corsOrigins: readonly string[];
  readonly trustProxy: string | undefined;
  /** Which addresses adapters may call. */
  readonly addressRules: AddressRules;
  /** What carries requests of adapters to https:// addresses, and the hosts that it is not for. */
  readonly httpsProxy: string | undefined;
  readonly noProxy: string | undefined;
  /** Where the built admin web lies. */
  readonly adminWebDirectory: string;
  /** Where alerts are sent, and the key that they are signed with. */
  readonly alertWebhook: string | undefined;
  readonly alertSecret: string | undefined;
  /** Days that raw records and system logs are kept. */
  readonly rawRetentionDays: number;
  /** Days that tasks are kept after they ended, with their changes. Within them a task can be undone. */
  readonly retentionDays: number;
  /** Days that the audit is kept. */
  readonly auditRetentionDays: number;

  constructor(env: NodeJS.ProcessEnv) {
    this.port = integer(env, 'PORT', 3000, 0, 65_535);
    this.host = optional(env, 'HOST') ?? '127.0.0.1';
    this.publicUrl = webAddress(env, 'ROLLCALL_PUBLIC_URL');
    this.home = resolve(optional(env, 'ROLLCALL_HOME') ?? '.rollcall');
    this.databaseUrl = required(env, 'DATABASE_URL');
    this.redisUrl = required(env, 'REDIS_URL');
    this.role = oneOf(env, 'ROLLCALL_ROLE', ['all', 'api', 'worker'], 'all');
    this.logLevel = oneOf(env, 'LOG_LEVEL', ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'info');
    this.adminPassword = optional(env, 'ROLLCALL_ADMIN_PASSWORD');
    this.secretKey = optional(env, 'ROLLCALL_SECRET_KEY');
    this.adapters = list(env, 'ROLLCALL_ADAPTERS');
    this.adaptersOnError = oneOf(env, 'ROLLCALL_ADAPTERS_ON_ERROR', ['refuse', 'skip'], 'refuse');
    this.corsOrigins = origins(env, 'ROLLCALL_CORS_ORIGINS');
    this.trustProxy = optional(env, 'ROLLCALL_TRUST_PROXY');
    this.addressRules = addressRules(env);
    this.httpsProxy = proxy(env, ['HTTPS_PROXY', 'https_proxy']);
    this.noProxy = optional(env, 'NO_PROXY') ?? optional(env, 'no_proxy');
    this.adminWebDirectory = resolve(optional(env, 'ROLLCALL_ADMIN_WEB') ?? ADMIN_WEB_DIRECTORY);
    this.alertWebhook = webAddress(env, 'ROLLCALL_ALERT_WEBHOOK');
    this.alertSecret = optional(env, 'ROLLCALL_ALERT_SECRET');
    this.rawRetentionDays = integer(env, 'ROLLCALL_RAW_RETENTION_DAYS', 30, 1, 3650);
    this.retentionDays = integer(env, 'ROLLCALL_RETENTION_DAYS', 90, 1, 3650);
    this.auditRetentionDays = integer(env, 'ROLLCALL_AUDIT_RETENTION_DAYS', 400, 1, 36_500);
  }

  get servesApi(): boolean {
    return this.role !== 'worker';
  }

  get runsTasks(): boolean {
    return this.role !== 'api';
  }

  /** System logs, and the raw records of every task below `user-data-sync`. */
  get logDirectory(): string {
    return resolve(this.home, 'logs');
  }

  get rawDirectory(): string {
    return resolve(this.logDirectory, 'user-data-sync');
  }
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value)
    throw new Error(`${name} is not set. Start with "npm start" or "npx rollcall", which set it, or set it yourself.`);
  return value;
}

/** An empty value counts as none: that is how compose files pass on what is not set. */
function optional(env: NodeJS.ProcessEnv, name: string): string | undefined {
  return env[name] || undefined;
}

function webAddress(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = optional(env, name);
  if (text === undefined || (URL.canParse(text) && /^https?:/.test(text))) return text;
  throw new Error(`${name}=${text} is not an address that begins with http:// or https://.`);
}

function origins(env: NodeJS.ProcessEnv, name: string): string[] {
  const values = list(env, name);
  for (const value of values) {
    if (value === '*' || (URL.canParse(value) && new URL(value).origin === value)) continue;
    throw new Error(`${name}: ${value} is not an origin such as https://portal.example, without path and final slash.`);
  }
  return values;
}

function addressRules(env: NodeJS.ProcessEnv): AddressRules {
  const name = 'ROLLCALL_ALLOW_ADDRESSES';
  const places = list(env, name).map((text) => {
    const place = readAllowedPlace(text);
    if (place) return place;
    throw new Error(`${name}: ${text} is not a host name, an IP address or a CIDR such as 10.1.0.0/16.`);
  });
  return new AddressRules(flag(env, 'ROLLCALL_ALLOW_PRIVATE_ADDRESSES'), places);
}

/** Under either of its usual names. A proxy without a scheme speaks HTTP; its address may hold a password. */
function proxy(env: NodeJS.ProcessEnv, names: readonly string[]): string | undefined {
  const name = names.find((candidate) => optional(env, candidate) !== undefined);
  if (name === undefined) return undefined;
  const text = env[name] ?? '';
  const address = text.includes('://') ? text : `http://${text}`;
  if (URL.canParse(address) && /^https?:/i.test(address)) return address;
  throw new Error(`${name} is not an address that begins with http:// or https://.`);
}

function flag(env: NodeJS.ProcessEnv, name: string): boolean {
  const text = (optional(env, name) ?? 'off').toLowerCase();
  if (['on', 'true', '1', 'yes'].includes(text)) return true;
  if (['off', 'false', '0', 'no'].includes(text)) return false;
  throw new Error(`${name}=${text} is not one of on, off.`);
}

/** A setting that holds several, comma-separated. */
export function list(env: NodeJS.ProcessEnv, name: string): string[] {
  return (env[name] ?? '').split(',').flatMap((item) => item.trim() || []);
}

function integer(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new Error(`${name}=${text} is not a whole number from ${min} to ${max}.`);
  }
  return value;
}

function oneOf<T extends string>(env: NodeJS.ProcessEnv, name: string, allowed: readonly T[], fallback: T): T {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  if (!(allowed as readonly string[]).includes(text)) {
    throw new Error(`${name}=${text} is not one of ${allowed.join(', ')}.`);
  }
  return text as T;
}

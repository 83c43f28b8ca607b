import type { HttpClient } from './http';

/**
 * The version of the contract between Rollcall and adapter packages. A package names the one it was written for in
 * its package.json (`"rollcall": {"contract": 1, …}`), which is checked before any of its code is loaded.
 */
export const CONTRACT_VERSION = 1;

export type AdapterKind = 'source' | 'target';

/** The `rollcall` member of an adapter package's package.json. */
export interface AdapterManifest {
  contract: number;
  adapters: { kind: AdapterKind; id: string }[];
}

/**
 * A JSON Schema (draft 2020-12) of an object. It validates the options, draws the admin form, and marks secrets:
 * a string property with `writeOnly: true` and `format: "password"` is encrypted at rest and never returned.
 */
export type ConfigSchema = Readonly<Record<string, unknown>> & { readonly type: 'object' };

/**
 * Goes to the system log, which admins and operators read. Say what happened and how many, never who: secrets and e-mail
 * addresses are masked, but names cannot be told from words.
 */
export interface AdapterLogger {
  debug(message: string, details?: Record<string, unknown>): void;
  info(message: string, details?: Record<string, unknown>): void;
  warn(message: string, details?: Record<string, unknown>): void;
  error(message: string, details?: Record<string, unknown>): void;
}

export interface AdapterContext<Options = unknown> {
  /** The stored options, validated against the adapter's schema, secrets in clear. */
  options: Options;
  logger: AdapterLogger;
  /** For every address that an admin can type. */
  http: HttpClient;
  /** Aborted on cancel, on shutdown and when a time limit is over; an adapter stops within a second. */
  signal: AbortSignal;
}

/** The outcome of trying a configuration. */
export interface CheckResult {
  ok: boolean;
  /** For an admin: what was found, or what to do. */
  message: string;
  errors?: { field: string; message: string }[];
}

interface AdapterBase<Options> {
  /** Lower-case letters, digits and dashes; unique among the adapters of its kind. */
  id: string;
  /** Shown to admins. */
  title: string;
  /** Version of the adapter, normally that of its package. */
  version: string;
  configSchema: ConfigSchema;
  check?(context: AdapterContext<Options>): Promise<CheckResult>;
}

export type { AdapterBase };

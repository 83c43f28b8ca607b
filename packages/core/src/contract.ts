import type { HttpClient } from './http';
import type { Messages } from './messages';

/**
 * The version of the contract between Rollcall and adapter packages. A package names the one it was written for in
 * its package.json (`"rollcall": {"contract": 1, …}`), which is checked before any of its code is loaded.
 */
export const CONTRACT_VERSION = 1;

export type AdapterKind = 'source' | 'target';

/** The `rollcall` member of an adapter package's package.json. */
export interface AdapterManifest {
  contract: number;
  adapters: {
    kind: AdapterKind;
    id: string;
    /** An SVG or PNG file of at most 32 kB, by its path in the package. */
    icon?: string;
  }[];
}

/**
 * A JSON Schema (draft 2020-12) of an object. It validates the options, draws the admin form, and marks secrets:
 * a string property with `writeOnly: true` and `format: "password"` is encrypted at rest and never returned.
 *
 * Two keywords speak of the form alone: `"x-when": {"authentication": ["basic"]}` shows an option only while the one
 * beside it has one of these values (or has it by default), and `"x-advanced": true` folds away what is rarely changed.
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
  /**
   * The options that are wrong; what is said of each stands at its field. `field` is the way to it by names, and by places
   * in lists from 0: `token`, `proxy.port`, `attributes.0.field`. A slash does as well as a dot.
   */
  errors?: { field: string; message: string }[];
}

/** The words for one option, and for the values of one with an `enum`. */
export interface OptionTexts {
  title?: string;
  description?: string;
  values?: Readonly<Record<string, string>>;
}

/** What an adapter says to admins, in one language. What is left out stays as the adapter and its schema say it. */
export interface AdapterTexts {
  title?: string;
  description?: string;
  /** By the names on the way to the option, with dots: `attributes.field` for the field of each of the attributes. */
  options?: Readonly<Record<string, OptionTexts>>;
  /**
   * What it says while it works, sentence by sentence: answers of `check`, messages of errors, reasons why a read was not
   * complete. English → this language; `{name}` stands for what varies.
   */
  messages?: Messages;
}

interface AdapterBase<Options> {
  /** Lower-case letters, digits and dashes; unique among the adapters of its kind. */
  id: string;
  /** Shown to admins. */
  title: string;
  /** A sentence for admins who look for the right one: what it connects to, and what it brings. */
  description?: string;
  /** The same in other languages, by language tag: `fr`, `zh-CN`. */
  texts?: Readonly<Record<string, AdapterTexts>>;
  /** Version of the adapter, normally that of its package. */
  version: string;
  configSchema: ConfigSchema;
  /**
   * Version of the options, a whole number from 1, which it is when absent. Raise it when options that were stored before do not
   * fit the schema any more, or mean something else.
   */
  optionsVersion?: number;
  /**
   * Brings options that were stored for an earlier version (`from`) into the shape of this one, over as many versions as lie
   * between; secrets are among them in clear, the defaults of the schema are not. Needed when `optionsVersion` is above 1. Asks
   * nobody: it runs whenever older options are read, and they are stored anew when an admin saves. When it throws, or what it
   * returns is not valid, the source or target stands still with the reason until an admin has set the options.
   */
  migrateOptions?(stored: Readonly<Record<string, unknown>>, from: number): Record<string, unknown>;
  check?(context: AdapterContext<Options>): Promise<CheckResult>;
}

export type { AdapterBase };

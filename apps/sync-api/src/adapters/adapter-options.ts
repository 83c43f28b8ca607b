import { type Adapter, type ErrorDetail, JsonInspection, RollcallError, isRollcallError } from '@rollcall/core';
import { escapePointer } from '../http/validation.pipe';
import type { SecretBox } from '../secrets/secret-box';
import type { AdapterRegistry } from './adapter-registry';
import { type Options, secretNames, validateOptions, withDefaults } from '@rollcall/core/checks';
import { foreignText } from './foreign-text';
import { hostsOf } from './hosts';
import { isObject } from './is-object';

const OPTIONS_MAX_BYTES = 64 * 1024;

/** Options as they are stored: secrets apart, encrypted. */
export interface StoredOptions {
  options: Options;
  secrets: Record<string, string>;
  /** The `optionsVersion` of the adapter for which they were stored. */
  optionsVersion: number;
}

/** A configured adapter: the row of a source or a target, as far as its options are concerned. */
export interface Configured extends StoredOptions {
  id: number;
  name: string;
  type: string;
}

type Clear = Record<string, string>;

/** Validates the options of sources or targets, and keeps their secrets apart from what may be shown. */
export class AdapterOptions {
  constructor(
    private readonly kind: Adapter['kind'],
    private readonly registry: AdapterRegistry,
    private readonly box: SecretBox,
  ) {}

  /** Options that are not stored yet, checked in full. */
  check(adapter: Adapter, given: Options): Options {
    const { plain, secrets } = split(adapter, given);
    const options = { ...plain, ...defined(secrets) };
    refuse(validateOptions(adapter.configSchema, options));
    return withDefaults(adapter.configSchema, options);
  }

  /** What to store of new options. */
  create(id: number, adapter: Adapter, given: Options): StoredOptions {
    this.check(adapter, given);
    const { plain, secrets } = split(adapter, given);
    return { options: plain, secrets: this.seal(id, defined(secrets)), optionsVersion: versionOf(adapter) };
  }

  /**
   * What to store when an admin sends new options: they replace the old ones, except that secrets which are left out
   * stay. When the options point to another host, only secrets sent along remain: the others were meant for the old one.
   */
  update(old: Configured, adapter: Adapter, given: Options): StoredOptions {
    const { plain, secrets } = split(adapter, given);
    const stored = this.orEmpty(old, adapter);
    const moved =
      hostsOf(withDefaults(adapter.configSchema, plain)) !==
      hostsOf(withDefaults(adapter.configSchema, stored.options));
    const kept = moved ? {} : without(stored.secrets, Object.keys(secrets));
    const clear = { ...this.readable(stored, kept), ...defined(secrets) };
    const errors = validateOptions(adapter.configSchema, { ...plain, ...clear });
    // A secret that is not there, and that this request does not speak of, is missed when it is used.
    const unspoken = secretNames(adapter.configSchema).filter((name) => !(name in secrets) && !(name in clear));
    const forgiven = new Set(unspoken.map((name) => `/options/${escapePointer(name)}`));
    refuse(errors.filter((error) => !(error.code === 'required' && forgiven.has(error.pointer))));
    const sealed = { ...kept, ...this.seal(stored.id, defined(secrets)) };
    return { options: plain, secrets: sealed, optionsVersion: versionOf(adapter) };
  }

  /** The options as the adapter gets them: complete, secrets in clear. Throws `configuration` when they are not valid. */
  inClear(stored: Configured): Options {
    const adapter = this.adapter(stored.type);
    const options = this.migrated(stored, adapter, this.opened(stored));
    const errors = validateOptions(adapter.configSchema, options);
    if (errors[0]) {
      const { pointer, message } = errors[0];
      const field = pointer.slice('/options/'.length);
      throw new RollcallError(
        'configuration',
        `The ${this.kind} "${stored.name}" cannot be used: its option "${field}" ${message}. Complete its options.`,
        { errors, field },
      );
    }
    return withDefaults(adapter.configSchema, options);
  }

  /** What may be shown: not even a value that was stored before its option became a secret. */
  shown(old: Configured): { options: Options; secretsSet: string[] } {
    const adapter = this.registry.has(this.kind, old.type) ? this.adapter(old.type) : undefined;
    const stored = adapter ? this.orEmpty(old, adapter) : old;
    const hidden = adapter ? secretNames(adapter.configSchema) : Object.keys(stored.secrets);
    return { options: without(stored.options, hidden), secretsSet: Object.keys(stored.secrets).sort() };
  }

  /**
   * Why nothing can be done with what is stored, as an admin reads it: its adapter is not there, or cannot take over options of
   * another version. Null: it can be used, as far as that is known without asking the other side.
   */
  unusable(stored: Configured): string | null {
    try {
      const adapter = this.adapter(stored.type);
      if (stored.optionsVersion !== versionOf(adapter)) this.inClear(stored);
      return null;
    } catch (error) {
      if (isRollcallError(error)) return error.message;
      throw error;
    }
  }

  private opened(stored: Configured): Options {
    const opened = Object.entries(stored.secrets).map(([name, sealed]) => [
      name,
      this.box.open(this.place(stored.id, name), sealed),
    ]);
    return { ...stored.options, ...(Object.fromEntries(opened) as Clear) };
  }

  /** Options in clear, in the shape that the adapter has now. Throws `configuration` when they cannot be brought into it. */
  private migrated(stored: Configured, adapter: Adapter, options: Options): Options {
    const { name, optionsVersion: from } = stored;
    const now = versionOf(adapter);
    if (from === now) return options;
    const remedy = `open the ${this.kind} and save its options anew`;
    if (from > now) {
      throw new RollcallError(
        'configuration',
        `The options of "${name}" were saved with a newer version of the adapter "${adapter.id}". Install that one again, or ${remedy}.`,
      );
    }
    try {
      const migrated: unknown = adapter.migrateOptions?.(structuredClone(options), from);
      if (isObject(migrated)) return migrated;
      throw new TypeError('migrateOptions returned no options');
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const secrets = Object.keys(stored.secrets).map((secret) => String(options[secret]));
      throw new RollcallError(
        'configuration',
        `The adapter "${adapter.id}" cannot take over the options of "${name}" from an earlier version: ` +
          `${foreignText(message, secrets)}. Report it to its author, or ${remedy}.`,
        { cause: error },
      );
    }
  }

  /** What is stored, in the shape that the adapter has now; nothing, when it cannot be brought into it: an admin sets it anew. */
  private orEmpty(stored: Configured, adapter: Adapter): Configured {
    if (stored.optionsVersion === versionOf(adapter)) return stored;
    try {
      const { plain, secrets } = split(adapter, this.migrated(stored, adapter, this.opened(stored)));
      return { ...stored, options: plain, secrets: this.seal(stored.id, defined(secrets)) };
    } catch (error) {
      if (!isRollcallError(error)) throw error;
      return { ...stored, options: {}, secrets: {} };
    }
  }

  private adapter(type: string): Adapter {
    return this.kind === 'source' ? this.registry.source(type) : this.registry.target(type);
  }

  private place(id: number, name: string): string {
    return `${this.kind}/${id}/${name}`;
  }

  private seal(id: number, secrets: Clear): Clear {
    return Object.fromEntries(
      Object.entries(secrets).map(([name, text]) => [name, this.box.seal(this.place(id, name), text)]),
    );
  }

  /** Kept secrets in clear, for validation only; one that cannot be opened any more counts as missing. */
  private readable(stored: Configured, kept: Clear): Clear {
    const opened: Clear = {};
    for (const [name, sealed] of Object.entries(kept)) {
      try {
        opened[name] = this.box.open(this.place(stored.id, name), sealed);
      } catch (error) {
        // It is told to whoever uses it; here it must not keep an admin from entering it again.
        if (!isRollcallError(error)) throw error;
      }
    }
    return opened;
  }
}

/** Parts what an admin sent into options and secrets; null: the secret is to be cleared. */
function split(adapter: Adapter, given: Options): Parted {
  refuseUnstorable(given);
  const names = secretNames(adapter.configSchema);
  const secrets: Record<string, string | null> = {};
  for (const name of names) {
    const value = given[name];
    if (value === undefined) continue;
    if (value !== null && typeof value !== 'string') {
      refuse([{ pointer: `/options/${escapePointer(name)}`, code: 'type', message: 'must be string' }]);
    }
    secrets[name] = value === '' ? null : (value as string | null);
  }
  return { plain: without(given, names), secrets };
}

interface Parted {
  plain: Options;
  secrets: Record<string, string | null>;
}

const versionOf = ({ optionsVersion = 1 }: Adapter): number => optionsVersion;

function refuseUnstorable(given: Options): void {
  const inspection = new JsonInspection(OPTIONS_MAX_BYTES);
  const flaw = inspection.visit(given);
  if (inspection.least > OPTIONS_MAX_BYTES) {
    refuse([{ pointer: '/options', code: 'too_large', message: `must be less than ${OPTIONS_MAX_BYTES / 1024} kB` }]);
  }
  if (flaw) {
    refuse([{ pointer: '/options', code: flaw, message: 'must be plain JSON without NUL or broken characters' }]);
  }
}

function refuse(errors: ErrorDetail[]): void {
  const [first] = errors;
  if (!first) return;
  const unknown = errors.every((error) => error.code === 'unknown_field');
  throw new RollcallError(unknown ? 'unknown_field' : 'invalid_request', `${first.pointer}: ${first.message}.`, {
    errors,
  });
}

function defined(secrets: Record<string, string | null>): Clear {
  return Object.fromEntries(Object.entries(secrets).filter((entry): entry is [string, string] => entry[1] !== null));
}

function without<T>(members: Record<string, T>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}

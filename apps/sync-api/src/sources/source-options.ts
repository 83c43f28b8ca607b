import { Injectable } from '@nestjs/common';
import { type ErrorDetail, JsonInspection, RollcallError, type SourceAdapter, isRollcallError } from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { type Options, secretNames, validateOptions, withDefaults } from '../adapters/config-schema';
import { escapePointer } from '../http/validation.pipe';
import { SecretBox } from '../secrets/secret-box';
import { hostsOf } from './hosts';
import type { Source } from './source.entity';

const OPTIONS_MAX_BYTES = 64 * 1024;

/** Options as they are stored: secrets apart, encrypted. */
export type StoredOptions = Pick<Source, 'options' | 'secrets'>;

type Clear = Record<string, string>;

/** Validates the options of sources, and keeps their secrets apart from what may be shown. */
@Injectable()
export class SourceOptions {
  constructor(
    private readonly registry: AdapterRegistry,
    private readonly box: SecretBox,
  ) {}

  /** The options of a source that is not stored yet, checked in full. */
  check(adapter: SourceAdapter, given: Options): Options {
    const { plain, secrets } = split(adapter, given);
    const options = { ...plain, ...defined(secrets) };
    refuse(validateOptions(adapter.configSchema, options));
    return withDefaults(adapter.configSchema, options);
  }

  /** What to store of a new source's options. */
  create(id: number, adapter: SourceAdapter, given: Options): StoredOptions {
    this.check(adapter, given);
    const { plain, secrets } = split(adapter, given);
    return { options: plain, secrets: this.seal(id, defined(secrets)) };
  }

  /**
   * What to store when an admin sends new options: they replace the old ones, except that secrets which are left out
   * stay. When the options point to another host, only secrets sent along remain: the others were meant for the old one.
   */
  update(source: Source, adapter: SourceAdapter, given: Options): StoredOptions {
    const { plain, secrets } = split(adapter, given);
    const moved =
      hostsOf(withDefaults(adapter.configSchema, plain)) !==
      hostsOf(withDefaults(adapter.configSchema, source.options));
    const kept = moved ? {} : without(source.secrets, Object.keys(secrets));
    const clear = { ...this.readable(source, kept), ...defined(secrets) };
    const errors = validateOptions(adapter.configSchema, { ...plain, ...clear });
    // A secret that is not there, and that this request does not speak of, is missed when the source is used.
    const unspoken = secretNames(adapter.configSchema).filter((name) => !(name in secrets) && !(name in clear));
    const forgiven = new Set(unspoken.map((name) => `/options/${escapePointer(name)}`));
    refuse(errors.filter((error) => !(error.code === 'required' && forgiven.has(error.pointer))));
    return { options: plain, secrets: { ...kept, ...this.seal(source.id, defined(secrets)) } };
  }

  /** The options as the adapter gets them: complete, secrets in clear. Throws `configuration` when they are not valid. */
  inClear(source: Source): Options {
    const adapter = this.registry.source(source.type);
    const opened = Object.entries(source.secrets).map(([name, sealed]) => [
      name,
      this.box.open(place(source.id, name), sealed),
    ]);
    const options: Options = { ...source.options, ...(Object.fromEntries(opened) as Clear) };
    const errors = validateOptions(adapter.configSchema, options);
    if (errors[0]) {
      const { pointer, message } = errors[0];
      throw new RollcallError(
        'configuration',
        `The source "${source.name}" cannot be used: ${pointer} ${message}. Complete its options.`,
        { errors },
      );
    }
    return withDefaults(adapter.configSchema, options);
  }

  /** What may be shown: not even a value that was stored before its option became a secret. */
  shown(source: Source): { options: Options; secretsSet: string[] } {
    const hidden = this.registry.hasSource(source.type)
      ? secretNames(this.registry.source(source.type).configSchema)
      : Object.keys(source.secrets);
    return { options: without(source.options, hidden), secretsSet: Object.keys(source.secrets).sort() };
  }

  private seal(sourceId: number, secrets: Clear): Clear {
    return Object.fromEntries(
      Object.entries(secrets).map(([name, text]) => [name, this.box.seal(place(sourceId, name), text)]),
    );
  }

  /** Kept secrets in clear, for validation only; one that cannot be opened any more counts as missing. */
  private readable(source: Source, kept: Clear): Clear {
    const opened: Clear = {};
    for (const [name, sealed] of Object.entries(kept)) {
      try {
        opened[name] = this.box.open(place(source.id, name), sealed);
      } catch (error) {
        // It is told to whoever uses the source; here it must not keep an admin from entering it again.
        if (!isRollcallError(error)) throw error;
      }
    }
    return opened;
  }
}

function place(sourceId: number, name: string): string {
  return `source/${sourceId}/${name}`;
}

/** Parts what an admin sent into options and secrets; null: the secret is to be cleared. */
function split(adapter: SourceAdapter, given: Options): { plain: Options; secrets: Record<string, string | null> } {
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

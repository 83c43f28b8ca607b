import { type Adapter, type CheckResult, RollcallError, isRollcallError } from '@rollcall/core';
import type { AdapterContexts } from './adapter-contexts';
import { adapterLogger } from './adapter-logger';
import type { AdapterOptions, Configured } from './adapter-options';
import type { AdapterRegistry } from './adapter-registry';
import { type Options, secretValues } from '@rollcall/core/checks';
import { foreignText } from './foreign-text';
import type { MessageTexts, Texts } from './message-texts';
import { withTimeLimit } from './time-limit';

/** What a check said, in the languages that are known beside English. */
export interface CheckAnswer extends CheckResult {
  texts?: Texts;
  errors?: { field: string; message: string; texts?: Texts }[];
}

/** Tries a configuration. Whatever the adapter does, the answer comes within its time limit and holds no secret. */
export class ConnectionCheck {
  /** How long an adapter may take. */
  limitSeconds = 15;

  constructor(
    private readonly kind: Adapter['kind'],
    private readonly registry: AdapterRegistry,
    private readonly options: AdapterOptions,
    private readonly contexts: AdapterContexts,
    private readonly texts: MessageTexts,
  ) {}

  /** Tries options that are not stored. */
  async checkNew(type: string, options: Options): Promise<CheckAnswer> {
    const adapter = this.registry.installed(this.kind, type);
    return this.inAllLanguages(await this.run(adapter, this.options.check(adapter, options)));
  }

  /** Tries a source or target as it is stored, or as it would be with these options. */
  async checkStored(stored: Configured, changed?: Options): Promise<CheckAnswer> {
    const adapter = this.kind === 'source' ? this.registry.source(stored.type) : this.registry.target(stored.type);
    const configured = changed ? { ...stored, ...this.options.update(stored, adapter, changed) } : stored;
    try {
      return this.inAllLanguages(await this.run(adapter, this.options.inClear(configured)));
    } catch (error) {
      if (isRollcallError(error) && error.code === 'configuration') {
        return this.inAllLanguages({ ok: false, message: error.message });
      }
      throw error;
    }
  }

  private inAllLanguages({ ok, message, errors }: CheckResult): CheckAnswer {
    const said = <T extends { message: string }>(part: T): T & { texts?: Texts } => {
      const texts = this.texts.of(part.message);
      return { ...part, ...(texts && { texts }) };
    };
    return { ...said({ ok, message }), ...(errors && { errors: errors.map(said) }) };
  }

  private async run(adapter: Adapter, options: Options): Promise<CheckResult> {
    if (!adapter.check) {
      return { ok: true, message: `The options are valid. The adapter "${adapter.id}" has no way to try them.` };
    }
    const secrets = secretValues(adapter.configSchema, options);
    try {
      const result: unknown = await withTimeLimit(
        this.limitSeconds,
        `The check was not finished within ${this.limitSeconds} s. Either there was no answer, or working it out takes too long.`,
        async (signal) => adapter.check?.(this.contexts.of(adapter, adapter.id, options, signal)),
      );
      return clean(result, adapter.id, secrets);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      adapterLogger(`${adapter.kind} ${adapter.id}`, secrets).warn('Trying the configuration failed', { message });
      const said = foreignText(message, secrets);
      const field = isRollcallError(error) ? (error.field ?? addressToBlame(error, options)) : undefined;
      return { ok: false, message: said, ...(field !== undefined && { errors: [{ field, message: said }] }) };
    }
  }
}

/** The option, as a path like `users/url`, with the address that could not be reached, or that may not be called. */
function addressToBlame(error: RollcallError, options: object, above = ''): string | undefined {
  if (error.code !== 'network' && error.code !== 'configuration') return undefined;
  for (const [name, value] of Object.entries(options) as [string, unknown][]) {
    const path = `${above}${name}`;
    if (typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value)) {
      const { host, hostname } = new URL(value);
      if (error.message.startsWith(`${host} `) || error.message.startsWith(`${hostname} `)) return path;
    } else if (typeof value === 'object' && value !== null) {
      const below = addressToBlame(error, value, `${path}/`);
      if (below !== undefined) return below;
    }
  }
  return undefined;
}

/** What an adapter returns is foreign data. */
function clean(result: unknown, id: string, secrets: readonly string[]): CheckResult {
  const { ok, message, errors } = (typeof result === 'object' && result !== null ? result : {}) as Record<
    string,
    unknown
  >;
  if (typeof ok !== 'boolean') {
    throw new RollcallError('bad_answer', `The adapter "${id}" did not say whether the configuration works.`);
  }
  const list: unknown[] = Array.isArray(errors) ? errors : [];
  const shown = list.flatMap((error) => {
    const { field, message: text } = (typeof error === 'object' && error !== null ? error : {}) as Record<
      string,
      unknown
    >;
    return typeof text === 'string'
      ? [{ field: typeof field === 'string' ? field : '', message: foreignText(text, secrets) }]
      : [];
  });
  return {
    ok,
    message: foreignText(typeof message === 'string' ? message : '', secrets),
    ...(shown.length > 0 ? { errors: shown } : {}),
  };
}

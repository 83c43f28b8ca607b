import { type AdapterLogger, type DataType, type PullResult, RollcallError } from '@rollcall/core';
import { type Options, secretSpellings, secretValues, validateOptions, withDefaults } from '@rollcall/core/checks';
import { foreignText } from '../adapters/foreign-text';
import { type PullAdapter, readPages } from '../engine/read';
import type { StagedRecord } from '../engine/stage';
import { AddressRules } from '../outbound/address-rules';
import { OutboundHttp } from '../outbound/outbound-http';

export { findSource } from './find-source';

export interface PullQuestion {
  /** As an admin would enter them, secrets in clear. */
  options: Options;
  mode: 'full' | 'incremental';
  /** `incremental`: the `nextCursor` of an earlier pull. */
  since?: string;
  signal: AbortSignal;
  /** Hears what the adapter logs, a line at a time. */
  log: (line: string) => void;
}

/** One of the records as JSON, as it could be pushed; or why one is refused, or what is doubtful in it. */
export type Pulled = { dataType: DataType } & ({ record: string } | { failure: string } | { warning: string });

/**
 * Pulls once, without a server or a database: the adapter is asked, and what it yields is checked and normalised, as in a task.
 * Every address may be called, private ones too. Secrets of the options are masked in all that comes out. Throws what would
 * fail the task, and `configuration` for options that the schema refuses.
 */
export async function* pullOnce(
  adapter: PullAdapter,
  { options: given, mode, since, signal, log }: PullQuestion,
): AsyncGenerator<Pulled, PullResult, undefined> {
  const problems = validateOptions(adapter.configSchema, given, '');
  if (problems.length > 0) {
    const said = problems.map(({ pointer, message }) => `${pointer || 'They'} ${message}`).join('; ');
    throw new RollcallError('configuration', `The options are not those of "${adapter.id}": ${said}.`);
  }
  const options = withDefaults(adapter.configSchema, given);
  const secrets = secretValues(adapter.configSchema, options);
  const outbound = new OutboundHttp({
    addressRules: new AddressRules(true),
    httpsProxy: process.env['HTTPS_PROXY'],
    noProxy: process.env['NO_PROXY'],
  });
  const logger = loggerTo(log, secrets);
  const pages = readPages(
    { task: { staged: 0 }, source: { name: adapter.id }, signal },
    (handed) =>
      adapter.pull({
        ...handed,
        known: () => Promise.resolve(new Map()),
        mode,
        ...(since !== undefined && { since }),
      }),
    {
      adapter,
      options,
      contexts: {
        of: (_adapter, _name, _options, stop) => ({ options, logger, http: outbound.client(stop), signal: stop }),
      },
      archive: { write: () => Promise.resolve() },
    },
  );
  try {
    for (;;) {
      const next = await pages.next();
      if (next.done) return next.value;
      for (const read of next.value.records) yield* pulled(read, secrets);
    }
  } finally {
    await pages.return({ complete: {} });
    await outbound.onApplicationShutdown();
  }
}

function* pulled({ dataType, record, renamedTo }: StagedRecord, secrets: readonly string[]): Generator<Pulled> {
  const { uid, payload, cleared, gone, unseen, warnings, failure } = record;
  const who = `${dataType} ${uid === null ? 'without a uid' : JSON.stringify(uid)}`;
  for (const { message } of warnings) yield { dataType, warning: masked(`${who}: ${message}`, secrets) };
  if (failure) {
    yield { dataType, failure: masked(`${who}: ${failure.code}: ${failure.message}`, secrets) };
    return;
  }
  const said = {
    dataType,
    uid,
    ...(renamedTo !== undefined && { renamedTo }),
    ...payload,
    ...Object.fromEntries(cleared.map((field) => [field, null])),
    ...(gone && { isDeleted: true }),
    ...(unseen?.includes('life') && { isDeleted: 'unknown' }),
    ...(unseen?.includes('others') && { departmentsSeen: 'part' }),
  };
  yield {
    dataType,
    record: JSON.stringify(said, (_, value: unknown) => (typeof value === 'string' ? masked(value, secrets) : value)),
  };
}

/** Shorter ones would black out parts of ordinary words. */
const SHORTEST_SECRET = 4;

/** Unlike `foreignText` it leaves e-mail addresses: whoever pulls wants to see the records. */
function masked(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap(secretSpellings)
    .reduce((rest, spelling) => rest.replaceAll(spelling, '[secret]'), text);
}

function loggerTo(log: (line: string) => void, secrets: readonly string[]): AdapterLogger {
  const say =
    (level: string) =>
    (message: string, details?: Record<string, unknown>): void => {
      const more = details === undefined ? '' : ` ${JSON.stringify(details)}`;
      log(`${level}: ${foreignText(`${message}${more}`, secrets)}`);
    };
  return { debug: say('debug'), info: say('info'), warn: say('warn'), error: say('error') };
}

import {
  type AdapterContext,
  type CheckResult,
  type Completeness,
  type DataType,
  defineSource,
  type DepartmentRecord,
  isRollcallError,
  type Page,
  type PullContext,
  type PullResult,
  RollcallError,
  type UserRecord,
} from '@rollcall/core';
import { Client } from './client';
import { CONFIG_SCHEMA, ENDPOINT_OF, type Endpoint, type PullOptions } from './config';
import { CHECK_LIMIT_SECONDS, type EvaluatedPage, Evaluator, failureOf } from './evaluator';
import { firstPosition, nextPosition, type PageEnd, totalOf } from './paging';
import { completenessOf, expressionsOf, type Progress, type Reader, readEndpoint, readPage } from './read-endpoint';
import { namedLikeSecrets } from './shown-secrets';
import { asksForChanges, nextSince, sinceText } from './since';
import { TEXTS } from './texts';
import { VERSION } from '../version';

/** Departments first: people refer to them. */
const ORDER: readonly DataType[] = ['department', 'user'];

/** So many records are handed over at once. */
const RECORDS_AT_ONCE = 1000;

/** What a read that goes on later needs to know. */
interface Cursor {
  /** When the read began. */
  began: number;
  progress: Partial<Record<DataType, Progress>>;
}

/** Reads users and departments from any JSON API. */
export const pullSource = defineSource<PullOptions>({
  id: 'http',
  title: 'HTTP API (pull)',
  description: 'Any API that answers with JSON: where the records are, and what of them means what.',
  texts: TEXTS,
  version: VERSION,
  incremental: true,
  incrementalWith: ({ users, departments }) =>
    [users, departments].some((endpoint) => endpoint && asksForChanges(endpoint)),
  configSchema: CONFIG_SCHEMA,
  check,
  pull,
});

/** What is wrong with an option is an answer; anything else is thrown. */
async function check(context: AdapterContext<PullOptions>): Promise<CheckResult> {
  try {
    return await tryFirstPages(context);
  } catch (error) {
    if (!isRollcallError(error) || error.field === undefined) throw error;
    const { field, message } = error;
    return { ok: false, message, errors: [{ field, message }] };
  }
}

async function tryFirstPages(context: AdapterContext<PullOptions>): Promise<CheckResult> {
  const evaluator = new Evaluator(context.signal, CHECK_LIMIT_SECONDS);
  try {
    const reader = await open(context, evaluator);
    const results: CheckResult[] = [];
    for (const dataType of ORDER) {
      const endpoint = context.options[ENDPOINT_OF[dataType]];
      if (endpoint) results.push(await checkEndpoint(reader, ENDPOINT_OF[dataType], endpoint));
    }
    const errors = results.flatMap((result) => result.errors ?? []);
    const messages = [...results.map(({ message }) => message), ...shownSecrets(context.options)];
    return {
      ok: results.every(({ ok }) => ok),
      message: messages.join(' '),
      ...(errors.length > 0 && { errors }),
    };
  } finally {
    await evaluator.close();
  }
}

async function checkEndpoint(reader: Reader, name: string, endpoint: Endpoint): Promise<CheckResult> {
  const position = firstPosition(endpoint.paging);
  const { page, answer } = await readPage(reader, name, endpoint, { position, since: undefined });
  const { found, names, records, failed } = page;
  const [problem] = failed;
  // A read would go on without these; whoever checks wants to hear of it.
  if (problem) throw failureOf(problem.problem, '');
  const fields = names.length > 0 ? `, with the fields ${names.slice(0, 50).join(', ')}` : '';
  const kept = records.length === found ? '' : `, of which ${records.length} are wanted`;
  const nameless = records.filter(({ uid }) => uid === undefined || uid === null || uid === '').length;
  const end = { endpoint, name, position, page, answer };
  const said = [
    `${name}: ${found} records on the first page${kept}${fields}.`,
    ...(nameless > 0
      ? [`The expression for uid finds nothing in ${nameless} of them: these would fail, and nobody would be missing.`]
      : []),
    ...(endsEarly(end) ? ['No next page was found: the read ends after this page.'] : []),
    ...(isBelow(totalOf(end), page)
      ? ['The total is less than what came: it is not that of all records, and nobody would be missing.']
      : []),
  ];
  const message = said.join(' ');
  if (nameless === 0 || nameless < records.length) return { ok: true, message };
  const nothing = 'It finds nothing in any record of the first page.';
  return { ok: false, message, errors: [{ field: `${name}/fields/uid`, message: nothing }] };
}

/** What the schema cannot refuse: a name does not prove a secret, and some APIs take their key nowhere else. */
function shownSecrets(options: PullOptions): string[] {
  const names = namedLikeSecrets(options);
  if (names.length === 0) return [];
  return [
    `Named like secrets, and stored and shown in clear: ${names.join(', ')}. A key belongs in the authentication, as a header.`,
  ];
}

/** The page is as full as was asked for, or has fewer records than there are, and yet is the last. */
function endsEarly(end: PageEnd): boolean {
  const { paging } = end.endpoint;
  if (paging.type === 'none' || nextPosition(end) !== undefined) return false;
  const total = totalOf(end);
  if (total !== undefined) return end.page.found < total;
  return paging.size !== undefined && end.page.found >= paging.size;
}

/** It is out of date, or counts something else. */
function isBelow(total: number | undefined, { found, uids }: EvaluatedPage): boolean {
  const named = uids.filter((uid) => uid !== null);
  return total !== undefined && total < found - named.length + new Set(named).size;
}

async function* pull(context: PullContext<PullOptions>): AsyncGenerator<Page, PullResult, undefined> {
  const { options, signal, mode, since, resumeAfter } = context;
  const evaluator = new Evaluator(signal);
  try {
    const cursor = resumeAfter === undefined ? { began: Date.now(), progress: {} } : readCursor(resumeAfter);
    const from = mode === 'incremental' && since !== undefined ? Number(since) : undefined;
    if (from !== undefined && !Number.isSafeInteger(from)) {
      throw new RollcallError('cursor_expired', 'The time of the last read is not known any more.');
    }
    const reader = await open(context, evaluator);
    const complete: Partial<Record<DataType, Completeness>> = {};
    // Whom a read of changes has passed over the next one asks for again; who is missing from a full one, only another full one tells.
    let passed = false;
    for (const dataType of ORDER) {
      const endpoint = options[ENDPOINT_OF[dataType]];
      if (!endpoint) continue;
      const begin = cursor.progress[dataType];
      const asked = { begin, since: from === undefined ? undefined : sinceText(endpoint.sinceFormat, from) };
      for await (const { records, failed, progress } of readEndpoint(reader, dataType, endpoint, asked)) {
        cursor.progress[dataType] = progress;
        if (failed.length > 0) yield { ...pageOf(dataType, [], undefined), failed };
        yield* pagesOf(dataType, records, JSON.stringify(cursor));
      }
      const progress = cursor.progress[dataType];
      if (!progress) continue;
      const changes = asked.since !== undefined && asksForChanges(endpoint);
      complete[dataType] = completenessOf(progress, { changes });
      passed ||= changes && complete[dataType] !== true;
    }
    const endpoints = [options.departments, options.users];
    const changes = !passed && endpoints.some((endpoint) => endpoint !== undefined && asksForChanges(endpoint));
    return { complete, ...(changes && { nextCursor: String(nextSince(cursor.began, reader.client.behind)) }) };
  } finally {
    await evaluator.close();
  }
}

/** Finds what is wrong with the options before anything is asked. */
async function open(context: AdapterContext<PullOptions>, evaluator: Evaluator): Promise<Reader> {
  const { options } = context;
  // Not in the schema: a form would ask which of the two is meant.
  if (!options.users && !options.departments) {
    throw new RollcallError('configuration', 'There is neither an address for users nor one for departments.', {
      field: 'users',
    });
  }
  const expressions = Object.values(ENDPOINT_OF).flatMap((name) => {
    const endpoint = options[name];
    if (endpoint?.body !== undefined && endpoint.method === 'GET') {
      throw new RollcallError('configuration', 'Only POST sends a body.', { field: `${name}/body` });
    }
    return endpoint ? expressionsOf(name, endpoint) : [];
  });
  await evaluator.compile(expressions);
  return { options, client: new Client(context), evaluator };
}

function* pagesOf(dataType: DataType, records: Record<string, unknown>[], cursor: string): Generator<Page> {
  for (let start = 0, end = 0; end < records.length || start === 0; start = end) {
    end = start + RECORDS_AT_ONCE;
    const part = records.slice(start, end);
    yield pageOf(dataType, part, end >= records.length ? cursor : undefined);
  }
}

/** What expressions make is foreign data; Rollcall checks every record. */
function pageOf(dataType: DataType, records: unknown[], cursor: string | undefined): Page {
  const at = cursor === undefined ? {} : { cursor };
  return dataType === 'user'
    ? { dataType, records: records as UserRecord[], ...at }
    : { dataType, records: records as DepartmentRecord[], ...at };
}

function readCursor(text: string): Cursor {
  try {
    return JSON.parse(text) as Cursor;
  } catch (cause) {
    throw new RollcallError('cursor_expired', 'The position of the interrupted read cannot be read.', { cause });
  }
}

import {
  type Completeness,
  type DataType,
  type FailedRecord,
  type HttpAnswer,
  isRollcallError,
  RollcallError,
} from '@rollcall/core';
import type { Client } from './client';
import { ENDPOINT_OF, type Endpoint, LIST_FIELDS, type PullOptions } from './config';
import { type EvaluatedPage, type Evaluator, type Expression, failureOf, type PagePlan } from './evaluator';
import { ABOUT, bodyVariables, firstPosition, isPart, nextPosition, pageUrl, type Position, totalOf } from './paging';

/** How far the read of one endpoint has come: all that goes on with it needs, as JSON. */
export interface Progress {
  /** The page to ask for next; undefined: there is none. */
  next?: Position;
  pages: number;
  /** Records that have come, also those that were left out. */
  read: number;
  /** Records that came on an earlier page already, also those that were left out. */
  repeated: number;
  /** Records that came more than once on one page. */
  doubled: number;
  /** Records that only came when the pages were looked through once more. */
  passed?: number;
  /** They could not be looked through. */
  unchecked?: true;
  /** How many there are: the most that an answer said. */
  total?: number;
  /** An answer spoke of fewer than one before it. */
  shrank?: true;
  /** The read went on after an interruption, and which records had come before is not known any more. */
  interrupted?: true;
}

/**
 * More records than any company has. A server that makes up new ones for ever would fill the memory with their uids long
 * before it comes to the most pages.
 */
const MOST_RECORDS = 5_000_000;

const NOTHING = { pages: 0, read: 0, repeated: 0, doubled: 0 };

/** A page with how far it brought the read. */
export interface ReadPage {
  records: Record<string, unknown>[];
  failed: FailedRecord[];
  progress: Progress;
}

export interface Reader {
  options: PullOptions;
  client: Client;
  evaluator: Evaluator;
}

/** The expressions of an endpoint, each with the option that it stands in. */
export function planOf(name: string, endpoint: Endpoint): PagePlan {
  const at = (path: string, text: string): Expression => ({ field: `${name}/${path}`, text });
  const { paging } = endpoint;
  const fields = (folder: 'fields' | 'customFields'): PagePlan['fields'] =>
    Object.entries(endpoint[folder]).map(([field, text]) => ({
      ...at(`${folder}/${field}`, text),
      name: field,
      list: folder === 'fields' && LIST_FIELDS.includes(field),
    }));
  return {
    records: at('records', endpoint.records),
    where: endpoint.where === undefined ? undefined : at('where', endpoint.where),
    fields: [...fields('customFields'), ...fields('fields')],
    clearMissing: endpoint.clearMissing,
    about: Object.fromEntries(
      ABOUT.flatMap((said) => {
        const text = paging[said];
        return text === undefined ? [] : [[said, at(`paging/${said}`, text)]];
      }),
    ),
  };
}

/** Every expression of an endpoint. */
export function expressionsOf(name: string, endpoint: Endpoint): Expression[] {
  const { records, where, fields, about } = planOf(name, endpoint);
  const body = endpoint.body === undefined ? [] : [{ field: `${name}/body`, text: endpoint.body }];
  return [...body, records, ...(where ? [where] : []), ...fields, ...Object.values(about)];
}

/** Asks for one page and works it out. */
export async function readPage(
  { client, evaluator }: Reader,
  name: string,
  endpoint: Endpoint,
  { position, since }: { position: Position; since: string | undefined },
): Promise<{ page: EvaluatedPage; answer: HttpAnswer }> {
  const { method } = endpoint;
  const body =
    endpoint.body === undefined || method === 'GET'
      ? undefined
      : await evaluator.value({ field: `${name}/body`, text: endpoint.body }, bodyVariables(endpoint, position, since));
  const answer = await client.ask(
    {
      url: pageUrl(endpoint, position, since),
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    },
    { what: name, address: `${name}/url` },
  );
  const { host } = new URL(answer.url);
  if (answer.body.length === 0) {
    const said = `${name}: ${host} answered ${answer.status} and nothing else, which is no empty list.`;
    throw new RollcallError('bad_answer', said, { field: `${name}/url` });
  }
  if (endpoint.paging.type === 'none' && isPart(answer)) {
    throw new RollcallError(
      'configuration',
      `${name}: ${host} answered with a part of the records and says that there is more; choose how its pages follow each other.`,
      { field: `${name}/paging/type` },
    );
  }
  try {
    return { answer, page: await evaluator.page(planOf(name, endpoint), answer.body, host, charsetOf(answer)) };
  } catch (error) {
    // Says more about what came instead, like a page for people to sign in.
    if (isRollcallError(error) && error.code === 'bad_answer' && isHtml(answer)) {
      throw new RollcallError('bad_answer', `${name}: ${host} answered a web page instead of JSON.`, {
        field: `${name}/url`,
      });
    }
    throw error;
  }
}

function failedRecord({ uid, name, problem }: EvaluatedPage['failed'][number]): FailedRecord {
  const message = `The expression "${problem.field ?? ''}" cannot be worked out for this one: ${problem.message}. Correct it, or the data.`;
  return { uid, ...(name !== '' && { field: name }), message };
}

const charsetOf = ({ headers }: HttpAnswer): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(headers['content-type'] ?? '')?.[1];

const isHtml = ({ headers }: HttpAnswer): boolean => /\bhtml\b/i.test(headers['content-type'] ?? '');

/** Reads an endpoint page by page, from where `begin` says that an earlier read had come. */
export async function* readEndpoint(
  reader: Reader,
  dataType: DataType,
  endpoint: Endpoint,
  { begin, since }: { begin: Progress | undefined; since: string | undefined },
): AsyncGenerator<ReadPage, void, undefined> {
  const name = ENDPOINT_OF[dataType];
  const seen = new Repetitions();
  const visited = new Set<Position>();
  let worked = begin !== undefined;
  let progress: Progress = begin ?? { next: firstPosition(endpoint.paging), ...NOTHING };
  // All uids of a large company have no room in a cursor.
  const interrupted = begin !== undefined;
  while (progress.next !== undefined) {
    const position = progress.next;
    if (visited.has(position)) throw circle(name, 'leads back to a page that was read already');
    visited.add(position);
    if (progress.pages >= reader.options.maxPages) {
      throw circle(name, `has more than ${reader.options.maxPages} pages, the most that the options allow`);
    }
    const got = await readPage(reader, name, endpoint, { position, since }).catch((error: unknown) => {
      if (!isRollcallError(error)) throw error;
      const { code } = error;
      if ((code === 'configuration' || code === 'bad_answer') && addsUp(progress)) return undefined;
      const old = code === 'configuration' && progress === begin && typeof position === 'string';
      if (!old) throw error;
      throw new RollcallError('cursor_expired', `${name}: the mark of the interrupted read is not known any more.`);
    });
    const isAgain = got !== undefined && seen.hasPage(got.page);
    if (isAgain && !addsUp(progress)) throw circle(name, 'brings the same page again');
    if (!got || isAgain) {
      // As many have come as there are: behind the last page some servers refuse, say nothing, or send that one again.
      const { next: _behind, ...last } = progress;
      yield { records: [], failed: [], progress: last };
      return;
    }
    const { page, answer } = got;
    if (progress.read + page.found > MOST_RECORDS) {
      throw circle(name, `brings more than ${MOST_RECORDS} records, the most that a read takes`);
    }
    // Of whatever came so far none could be worked out: that is no odd record, the expression is wrong.
    const [first] = page.failed;
    worked ||= page.records.length > 0;
    if (!worked && first) throw failureOf(first.problem, new URL(answer.url).host);
    const end = { endpoint, name, position, page, answer };
    const next = nextPosition(end);
    const total = totalOf(end);
    const { repeated, doubled } = seen.count(page);
    progress = {
      pages: progress.pages + 1,
      read: progress.read + page.found,
      repeated: progress.repeated + repeated,
      doubled: progress.doubled + doubled,
      ...(next !== undefined && { next }),
      // Whoever is removed while the pages are read moves others to a page that was read already.
      ...(total !== undefined && { total: Math.max(total, progress.total ?? 0) }),
      ...((progress.shrank || fell(endpoint, page, total, progress.total)) && { shrank: true as const }),
      ...(interrupted && { interrupted }),
    };
    yield { records: page.records, failed: page.failed.map(failedRecord), progress };
  }
  if (since !== undefined || !mayHavePassed(endpoint, progress)) return;
  // What came before an interruption is not known any more: there is nothing to compare with.
  if (begin !== undefined) {
    yield { records: [], failed: [], progress: { ...progress, interrupted: true } };
    return;
  }
  const passed = await passedOver(reader, name, endpoint, seen);
  const looked = passed === undefined ? { unchecked: true as const } : { passed };
  yield { records: [], failed: [], progress: { ...progress, ...looked } };
}

/** Whether a page speaks of fewer than one before it: somebody else who came makes up the number, and not for who was passed over. */
const fell = ({ paging }: Endpoint, { found }: EvaluatedPage, total: number | undefined, before = 0): boolean =>
  // Behind the last one nobody can be passed over, and some count only what they send.
  (paging.type === 'page' || paging.type === 'offset') && found > 0 && total !== undefined && total < before;

/**
 * Nothing tells whether pages that are counted from the beginning moved while they were read: whoever leaves on an earlier one moves
 * somebody onto it, who then never comes, and would be taken for missing. A total would tell, and what came twice has told already.
 */
const mayHavePassed = (
  { paging }: Endpoint,
  { pages, repeated, passed, unchecked, total, interrupted }: Progress,
): boolean =>
  (paging.type === 'page' || paging.type === 'offset') &&
  pages > 1 &&
  total === undefined &&
  repeated === 0 &&
  passed === undefined &&
  !unchecked &&
  !interrupted;

/**
 * Looks through the pages once more: how many records there are that had not come. Undefined: they cannot be looked through.
 */
async function passedOver(
  reader: Reader,
  name: string,
  endpoint: Endpoint,
  seen: Repetitions,
): Promise<number | undefined> {
  let passed = 0;
  let position: Position | undefined = firstPosition(endpoint.paging);
  for (let pages = 0; position !== undefined && pages < reader.options.maxPages; pages++) {
    const got = await readPage(reader, name, endpoint, { position, since: undefined }).catch((error: unknown) => {
      if (isRollcallError(error) && (error.code === 'bad_answer' || error.code === 'configuration')) return undefined;
      throw error;
    });
    if (!got) return undefined;
    const { page, answer } = got;
    passed += seen.countNew(page);
    position = nextPosition({ endpoint, name, position, page, answer });
  }
  return passed;
}

/** How many different records have come. */
const distinctOf = ({ read, repeated, doubled }: Progress): number => read - repeated - doubled;

/** As many different records have come as there are. */
const addsUp = (progress: Progress): boolean => progress.total === distinctOf(progress);

/**
 * What a read that came to its last page may say of itself. Marks and links may be offsets in disguise. `changes`: only what changed was
 * asked for, and a total may be that of everybody.
 */
export function completenessOf(progress: Progress, { changes }: { changes: boolean }): Completeness {
  const { repeated, interrupted, shrank, unchecked, passed = 0 } = progress;
  const total = changes && !addsUp(progress) ? undefined : progress.total;
  if (total !== undefined && !addsUp(progress)) {
    return { complete: false, reason: `The answers speak of ${total} records, and ${distinctOf(progress)} came.` };
  }
  // With a total that adds up nobody was passed over.
  if (repeated > 0 && total === undefined) {
    return {
      complete: false,
      reason: `${repeated} records came on more than one page: the pages moved while they were read, and somebody may have been passed over.`,
    };
  }
  if (shrank && !changes) {
    return {
      complete: false,
      reason:
        'The answers spoke of fewer records than before while the pages were read: they may have moved, and somebody may have been passed over.',
    };
  }
  if (unchecked) {
    return {
      complete: false,
      reason: 'The pages could not be looked through once more, so nothing tells whether somebody was passed over.',
    };
  }
  if (passed > 0) {
    return {
      complete: false,
      reason: `${passed} records came only when the pages were looked through once more: they moved while they were read, and somebody may have been passed over. With the total in the options this can be told.`,
    };
  }
  if (interrupted) {
    return {
      complete: false,
      reason:
        'The read was interrupted and went on later: the pages may have moved meanwhile, and somebody may have been passed over. A read without an interruption tells who is missing.',
    };
  }
  return true;
}

function circle(name: string, what: string): RollcallError {
  return new RollcallError('bad_answer', `${name}: the paging ${what}.`, { field: `${name}/paging` });
}

/** Finds records, and whole pages, that come again, by the uids of their records. */
class Repetitions {
  private readonly uids = new Set<string>();
  private readonly pages = new Set<string>();

  /** A page with the same records came already. An empty one says nothing. */
  hasPage({ uids, fingerprint }: EvaluatedPage): boolean {
    return uids.length > 0 && this.pages.has(fingerprint);
  }

  /** How many of a page have not come. */
  countNew({ uids }: EvaluatedPage): number {
    return new Set(uids.filter((uid) => uid !== null && !this.uids.has(uid))).size;
  }

  /** How many of a page came on an earlier one, and how many more than once on this one. */
  count({ uids, fingerprint }: EvaluatedPage): Pick<Progress, 'repeated' | 'doubled'> {
    this.pages.add(fingerprint);
    const named = uids.filter((uid) => uid !== null);
    const fresh = named.filter((uid) => !this.uids.has(uid));
    const distinct = new Set(fresh);
    for (const uid of distinct) this.uids.add(uid);
    return { repeated: named.length - fresh.length, doubled: fresh.length - distinct.size };
  }
}

import type { AdapterContext, CheckResult, Page, PullContext, PullResult, RollcallError } from '@rollcall/core';
import { httpAnswer } from '@rollcall/core/checks';
import { testHttpClient, untranslated } from '@rollcall/core/testing';
import {
  type ApiAnswer,
  type ApiRequest,
  type ApiServer,
  endpoint,
  options,
  plainClient,
  startApiServer,
} from '../testing/api-server';
import { pullSource } from './adapter';
import type { Endpoint, PullOptions } from './config';
import { Evaluator } from './evaluator';
import { MESSAGES } from './messages';

let api: ApiServer;

beforeEach(async () => {
  api = await startApiServer();
});
afterEach(() => api.close());

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

function context(given: Partial<PullOptions>, signal = new AbortController().signal): AdapterContext<PullOptions> {
  return { options: options(given), http: plainClient, logger: log, signal };
}

interface Read {
  pages: Page[];
  uids: unknown[];
  result?: PullResult;
  error?: RollcallError;
}

async function read(given: Partial<PullOptions>, more: Partial<PullContext<PullOptions>> = {}): Promise<Read> {
  const done: Read = { pages: [], uids: [] };
  const known: PullContext['known'] = () => Promise.resolve(new Map());
  const pages = pullSource.pull!({ ...context(given), mode: 'full', known, ...more });
  try {
    for (;;) {
      const next = await pages.next();
      if (next.done) {
        for (const said of Object.values(next.value.complete)) if (said !== true) expectTranslated(said.reason);
        return { ...done, result: next.value };
      }
      done.pages.push(next.value);
      done.uids.push(...(next.value.records ?? []).map(({ uid }) => uid));
    }
  } catch (error) {
    return { ...done, error: error as RollcallError };
  }
}

const users = (given: Partial<Omit<Endpoint, 'paging'>> & { paging?: Partial<Endpoint['paging']> } = {}): Endpoint =>
  endpoint({ url: `${api.url}/users`, ...given });

const expectTranslated = (message: string): void => expect(untranslated(MESSAGES, message)).toEqual({});

async function check(given: Partial<PullOptions>): Promise<CheckResult> {
  const result = await pullSource.check!(context(given));
  for (const { message } of [result, ...(result.errors ?? [])]) expectTranslated(message);
  return result;
}

const people = (from: number, to: number): { id: number; name: string }[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ id: from + index, name: `P${from + index}` }));

const ids = (from: number, to: number): number[] => people(from, to).map(({ id }) => id);

/** `count` people, `size` a page. */
const numbered =
  (count: number, size: number, first = 1) =>
  ({ url }: ApiRequest): ApiAnswer => {
    const page = Number(url.searchParams.get('page')) - first;
    return { body: { items: people(page * size + 1, Math.min(count, (page + 1) * size)), total: count } };
  };

describe('pages', () => {
  it('all in one answer', async () => {
    api.answer = () => ({ body: people(1, 3) });
    const { uids, result } = await read({ users: users() });
    expect(uids).toEqual([1, 2, 3]);
    expect(result).toEqual({ complete: { user: true } });
    expect(api.requests).toHaveLength(1);
  });

  it('by number, until one is empty, however short those before it are', async () => {
    api.answer = numbered(5, 2);
    const paging = { type: 'page', sizeParameter: 'per_page', size: 500 } as const;
    const { uids, result } = await read({ users: users({ records: 'items', paging }) });
    expect(uids).toEqual([1, 2, 3, 4, 5]);
    expect(result?.complete).toEqual({ user: true });
    // Looked through once more: without a total nothing else tells whether somebody was passed over.
    expect(api.requests.splice(4).map(({ url }) => url.search)).toEqual(api.requests.map(({ url }) => url.search));
    expect(api.requests.map(({ url }) => url.search)).toEqual([
      '?per_page=500&page=1',
      '?per_page=500&page=2',
      '?per_page=500&page=3',
      '?per_page=500&page=4',
    ]);
  });

  const behind: [string, ApiAnswer][] = [
    ['is empty', { body: { items: [], total: 4 } }],
    ['counts what it sends, which is nothing', { body: { items: [], total: 0 } }],
    ['is refused', { status: 404, body: {} }],
    ['says nothing', { status: 204 }],
    ['is an error with status 200', { body: { error: 'no such page' } }],
    ['comes again', { body: { items: people(3, 4), total: 4 } }],
  ];
  it.each(behind)('by number from 0, with a total, when the page behind the last one %s', async (_what, end) => {
    api.answer = (request) => (request.url.search === '?page=2' ? end : numbered(4, 2, 0)(request));
    const { pages, uids, result } = await read({
      users: users({ records: 'items', paging: { type: 'page', first: 0, total: 'total' } }),
    });
    expect(uids).toEqual([1, 2, 3, 4]);
    expect(result?.complete).toEqual({ user: true });
    expect(api.requests).toHaveLength(3);
    // Whatever is read after it may be interrupted: this one is not asked for again.
    expect(JSON.parse(pages.at(-1)!.cursor!)).toMatchObject({ progress: { user: { read: 4 } } });
    expect(pages.at(-1)!.cursor).not.toContain('next');
  });

  it('are not behind the last one before as many have come as there are', async () => {
    api.answer = (request) => (request.url.search === '?page=3' ? { status: 404 } : numbered(6, 2)(request));
    const { error } = await read({ users: users({ records: 'items', paging: { type: 'page', total: 'total' } }) });
    expect(error).toMatchObject({ code: 'configuration', field: 'users/url' });
  });

  it('by offset, counted by what came', async () => {
    api.answer = ({ url }) => {
      const skip = Number(url.searchParams.get('skip'));
      return { body: { more: skip + 3 < 7, items: people(skip + 1, Math.min(7, skip + 3)) } };
    };
    const paging = { type: 'offset', parameter: 'skip', more: 'more' } as const;
    const { uids, result } = await read({ users: users({ records: 'items', paging }) });
    expect(uids).toEqual(ids(1, 7));
    expect(result?.complete).toEqual({ user: true });
    expect(api.requests.map(({ url }) => url.searchParams.get('skip'))).toEqual(['0', '3', '6', '0', '3', '6']);
  });

  // Who leaves on an earlier page moves somebody onto it, who never came, and was disabled.
  it.each(['page', 'offset'] as const)('by %s that moved while they were read are not complete', async (type) => {
    let staff = ids(1, 12);
    api.answer = ({ url }) => {
      const at = Number(url.searchParams.get(type));
      const skip = type === 'page' ? (at - 1) * 4 : at;
      const body = staff.slice(skip, skip + 4).map((id) => ({ id }));
      if (skip === 4) staff = staff.filter((id) => id !== 2);
      return { body };
    };
    const moved = await read({ users: users({ paging: { type } }) });
    expect(moved.uids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12]);
    expect(moved.result?.complete.user).toMatchObject({
      complete: false,
      reason: expect.stringContaining('1 records came only when the pages were looked through once more'),
    });
    expectTranslated((moved.result?.complete.user as { reason: string }).reason);
    expect((await read({ users: users({ paging: { type } }) })).result?.complete).toEqual({ user: true });
  });

  it('that moved are noticed by a total that falls, although somebody else makes up the number', async () => {
    let staff = ids(1, 12);
    api.answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      const body = { items: staff.slice(page * 4 - 4, page * 4).map((id) => ({ id })), total: staff.length };
      if (page === 1) staff = staff.filter((id) => id !== 2);
      if (page === 2) staff = [...staff, 13];
      return { body };
    };
    const moved = await read({ users: users({ records: 'items', paging: { type: 'page', total: 'total' } }) });
    expect(moved.uids).toEqual([1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(moved.result?.complete.user).toMatchObject({
      complete: false,
      reason: expect.stringContaining('fewer records than before'),
    });
    expectTranslated((moved.result?.complete.user as { reason: string }).reason);
  });

  it('that cannot be looked through once more are not complete', async () => {
    api.answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      return api.requests.length > 3
        ? { body: { error: 'too often' } }
        : { body: people(page * 4 - 3, Math.min(7, page * 4)) };
    };
    const looked = await read({ users: users({ paging: { type: 'page' } }) });
    expect(looked.uids).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(looked.result?.complete.user).toEqual({
      complete: false,
      reason: 'The pages could not be looked through once more, so nothing tells whether somebody was passed over.',
    });
  });

  it('that moved are noticed behind one full page, too', async () => {
    let staff = ids(1, 5);
    api.answer = ({ url }) => {
      const skip = (Number(url.searchParams.get('page')) - 1) * 4;
      const body = staff.slice(skip, skip + 4).map((id) => ({ id }));
      staff = staff.filter((id) => id !== 2);
      return { body };
    };
    const moved = await read({ users: users({ paging: { type: 'page' } }) });
    expect(moved.uids).toEqual([1, 2, 3, 4]);
    expect(moved.result?.complete.user).toMatchObject({ complete: false });
  });

  it('by cursor in the answer, over an empty one', async () => {
    const answers: Record<string, unknown> = {
      '': { items: people(1, 2), next: 'a b&c' },
      'a b&c': { items: [], next: 7 },
      '7': { items: people(3, 3), next: null },
    };
    api.answer = ({ url }) => ({ body: answers[url.searchParams.get('cursor') ?? ''] });
    const { uids, result } = await read({
      users: users({ records: 'items', paging: { type: 'cursor', next: 'next' } }),
    });
    expect(uids).toEqual([1, 2, 3]);
    expect(result?.complete).toEqual({ user: true });
  });

  it('by the Link header', async () => {
    api.answer = ({ url }) => {
      const page = Number(url.searchParams.get('p') ?? 1);
      const link = `<${api.url}/users?p=1>; rel="first", </users?p=${page + 1}>; rel="next"; title="a, b"`;
      return { body: people(page, page), ...(page < 3 && { headers: { Link: link } }) };
    };
    const { uids, result } = await read({ users: users({ paging: { type: 'link' } }) });
    expect(uids).toEqual([1, 2, 3]);
    expect(result?.complete).toEqual({ user: true });
  });

  it('by the address in the answer', async () => {
    api.answer = ({ url }) =>
      url.pathname === '/users'
        ? { body: { value: people(1, 2), '@odata.nextLink': `${api.url}/rest?$skiptoken=x` } }
        : { body: { value: people(3, 3) } };
    const paging = { type: 'link', next: '`@odata.nextLink`' } as const;
    const { uids } = await read({ users: users({ records: 'value', paging }) });
    expect(uids).toEqual([1, 2, 3]);
    expect(api.requests[1]?.url.search).toBe('?$skiptoken=x');
  });

  it('in the body of a POST', async () => {
    api.answer = ({ body }) => {
      const { after, first } = (JSON.parse(body) as { variables: { after: number; first: number } }).variables;
      return {
        body: { data: { people: { nodes: people(after + 1, after + first), end: after < 4 ? after + first : null } } },
      };
    };
    const { uids } = await read({
      users: users({
        method: 'POST',
        body: '{"query": "query($after: Int) { people }", "variables": {"after": $cursor ? $number($cursor) : 0, "first": $size}}',
        records: 'data.people.nodes',
        paging: { type: 'cursor', next: 'data.people.end', size: 2 },
      }),
    });
    expect(uids).toEqual(ids(1, 6));
    expect(api.requests[0]).toMatchObject({ method: 'POST', headers: { 'content-type': 'application/json' } });
    expect(api.requests[1]?.url.search).toBe('');
  });

  it('with thousands of records are handed over in parts, the cursor with the last', async () => {
    api.answer = () => ({ body: people(1, 2500) });
    const { pages, uids } = await read({ users: users() });
    expect(pages.map(({ records, cursor }) => [records?.length, cursor !== undefined])).toEqual([
      [1000, false],
      [1000, false],
      [500, true],
    ]);
    expect(uids).toHaveLength(2500);
  });

  it('may be an empty list', async () => {
    api.answer = () => ({ body: { items: [] } });
    const { uids, result } = await read({ users: users({ records: 'items' }) });
    expect([uids, result?.complete]).toEqual([[], { user: true }]);
  });
});

describe('what does not add up', () => {
  const CASES: [string, Partial<Endpoint['paging']>, (request: ApiRequest) => ApiAnswer, string][] = [
    [
      'a cursor that comes again',
      { type: 'cursor', next: 'next' },
      ({ url }) => ({ body: { items: [{ id: url.search }], next: url.search === '?cursor=a' ? 'b' : 'a' } }),
      'leads back to a page that was read already',
    ],
    [
      'a page that comes again',
      { type: 'page' },
      () => ({ body: { items: people(1, 2) } }),
      'brings the same page again',
    ],
    [
      'more that is promised and not sent',
      { type: 'page', more: 'true' },
      () => ({ body: { items: [] } }),
      'says that there is more, and sends nothing',
    ],
    [
      'no word on whether there is more',
      { type: 'page', more: 'more' },
      () => ({ body: { items: [] } }),
      'true or false',
    ],
    ['no total', { type: 'page', total: 'total' }, () => ({ body: { items: people(1, 2) } }), 'has no number'],
    [
      'a next page at another host',
      { type: 'link', next: 'next' },
      () => ({ body: { items: people(1, 2), next: 'http://127.0.0.2/users' } }),
      'sends to another host',
    ],
    [
      'more pages than are allowed',
      { type: 'page' },
      ({ url }) => ({ body: { items: [{ id: url.search }] } }),
      'has more than 5 pages',
    ],
  ];
  it.each(CASES)('%s ends the read', async (_, paging, answer, message) => {
    api.answer = answer;
    const { error, result } = await read({ users: users({ records: 'items', paging }), maxPages: 5 });
    expect(result).toBeUndefined();
    expect(error).toMatchObject({ code: 'bad_answer', field: expect.stringMatching(/^users\/paging/) });
    expect(error?.message).toContain(message);
  });

  it('new records without end are given up', async () => {
    api.answer = ({ url }) => ({ body: [{ id: `${url.search}-1` }, { id: `${url.search}-2` }] });
    const given = { users: users({ paging: { type: 'page' } }) };
    const far = { next: 7, pages: 6, read: 4_999_997, repeated: 0, doubled: 0 };
    const { uids, error } = await read(given, { resumeAfter: JSON.stringify({ began: 0, progress: { user: far } }) });
    expect(uids).toEqual(['?page=7-1', '?page=7-2']);
    expect(error).toMatchObject({ code: 'bad_answer', field: 'users/paging' });
    expect(error?.message).toContain('brings more than 5000000 records');
    expectTranslated(error?.message ?? '');
  });

  it('is said: fewer records than there are, and records that came twice', async () => {
    api.answer = ({ url }) => ({ body: { items: url.search === '?page=1' ? people(1, 3) : [], total: 4 } });
    const short = await read({ users: users({ records: 'items', paging: { type: 'page', total: 'total' } }) });
    expect(short.result?.complete.user).toEqual({
      complete: false,
      reason: 'The answers speak of 4 records, and 3 came.',
    });
    const shifted: Record<string, unknown> = { '?page=1': people(1, 3), '?page=2': people(3, 5), '?page=3': [] };
    api.answer = ({ url }) => ({ body: { items: shifted[url.search], total: 5 } });
    const paging = { type: 'page' } as const;
    const moved = await read({ users: users({ records: 'items', paging }) });
    expect(moved.result?.complete.user).toMatchObject({
      complete: false,
      reason: expect.stringContaining('1 records came on more than one page'),
    });
    const counted = await read({ users: users({ records: 'items', paging: { ...paging, total: 'total' } }) });
    expect(counted.result?.complete.user).toBe(true);
  });

  // Such servers gave somebody twice and somebody else never, and who never came was disabled.
  it.each(['cursor', 'link'] as const)('is said of %s paging, whose marks may be offsets', async (type) => {
    const [before, after] = [ids(1, 6), [6, 1, 2, 3, 4, 5]];
    api.answer = ({ url }) => {
      const offset = Number(url.searchParams.get('cursor') ?? 0);
      const order = offset === 0 ? before : after;
      const mark = type === 'cursor' ? String(offset + 2) : `/users?cursor=${offset + 2}`;
      return {
        body: { items: order.slice(offset, offset + 2).map((id) => ({ id })), next: offset < 4 ? mark : null },
      };
    };
    const moved = await read({ users: users({ records: 'items', paging: { type, next: 'next' } }) });
    expect(moved.uids).toEqual([1, 2, 2, 3, 4, 5]);
    expect(moved.result?.complete.user).toMatchObject({
      complete: false,
      reason: expect.stringContaining('1 records came on more than one page'),
    });
  });

  it('is said when only records that are left out, or fail, came twice', async () => {
    const robot = { id: 'r', kind: 'robot' };
    const broken = { id: 'b', phone: 'x' };
    for (const twice of [robot, broken]) {
      const shifted: Record<string, unknown> = { '?page=1': [...people(1, 2), twice], '?page=2': [twice, { id: 4 }] };
      api.answer = ({ url }) => ({ body: shifted[url.search] ?? [] });
      const fields = { uid: 'id', phone: '$number(phone)' };
      const given = { fields, where: '$not(kind = "robot")', paging: { type: 'page' } as const };
      expect((await read({ users: users(given) })).result?.complete.user).toMatchObject({
        complete: false,
        reason: expect.stringContaining('1 records came on more than one page'),
      });
    }
  });

  it('is said when fewer came than there were at any time: who leaves moves others past the read', async () => {
    const [before, after] = [people(1, 6), people(2, 6)];
    api.answer = ({ url }) => {
      const order = url.search === '?page=1' ? before : after;
      const page = Number(url.searchParams.get('page')) - 1;
      return { body: { items: order.slice(page * 2, page * 2 + 2), total: order.length } };
    };
    const left = await read({ users: users({ records: 'items', paging: { type: 'page', total: 'total' } }) });
    expect(left.uids).toEqual([1, 2, 4, 5, 6]);
    expect(left.result?.complete.user).toEqual({
      complete: false,
      reason: 'The answers speak of 6 records, and 5 came.',
    });
  });

  // Whoever came twice was counted twice, so the read ended early, called itself complete, and the last ones were disabled.
  it.each([
    [[[1, 1], [2, 2], [3], [4, 5]], 5, true],
    [
      [
        [1, 1, 2],
        [2, 3, 3],
        [4, 5],
      ],
      5,
      true,
    ],
    [[[1, 1], [2, 3], [5]], 5, 'The answers speak of 5 records, and 4 came.'],
    [[[1, 2], [3, 4], [5]], 3, 'The answers speak of 3 records, and 5 came.'],
    [[[1, 2], [3, 4], [5]], 4, 'The answers speak of 4 records, and 5 came.'],
    [[[1, 2], [3, 4], [5]], 0, 'The answers speak of 0 records, and 5 came.'],
    [[[1, 2], [3, 4], [5]], 2, 'The answers speak of 2 records, and 5 came.'],
  ])('%j with a total of %j is read to the end: %s', async (all, total, said) => {
    const rows = (nth: number): { id: number }[] => (all[nth] ?? []).map((id) => ({ id }));
    const complete = said === true ? true : { complete: false, reason: said };
    api.answer = ({ url }) => ({ body: { items: rows(Number(url.searchParams.get('page')) - 1), total } });
    const byPage = await read({ users: users({ records: 'items', paging: { type: 'page', total: 'total' } }) });
    expect([byPage.uids, byPage.result?.complete.user]).toEqual([all.flat(), complete]);
    api.answer = ({ url }) => {
      const nth = Number(url.searchParams.get('cursor') ?? 0);
      return { body: { items: rows(nth), total, next: nth + 1 < all.length ? nth + 1 : null } };
    };
    const paging = { type: 'cursor', next: 'next', total: 'total' } as const;
    const byMark = await read({ users: users({ records: 'items', paging }) });
    expect([byMark.uids, byMark.result?.complete.user]).toEqual([all.flat(), complete]);
  });

  it('is not said of somebody who comes twice on one page: pages did not move', async () => {
    const rows: Record<string, unknown> = { '?page=1': [{ id: 1 }, { id: 1 }], '?page=2': [{ id: 2 }] };
    api.answer = ({ url }) => ({ body: rows[url.search] ?? [] });
    expect((await read({ users: users({ paging: { type: 'page' } }) })).result?.complete.user).toBe(true);
  });

  it('is not said of records without anything to know them by', async () => {
    const kinds: Record<string, unknown> = { '?page=1': [{ id: 1 }, {}], '?page=2': [{ id: 2 }, {}] };
    api.answer = ({ url }) => ({ body: kinds[url.search] ?? [] });
    const { result } = await read({ users: users({ where: '$exists(id)', paging: { type: 'page' } }) });
    expect(result?.complete.user).toBe(true);
  });
});

describe('fields', () => {
  it('are what expressions find, lists even of one, and absent where nothing is found', async () => {
    api.answer = () => ({
      body: {
        people: [
          { id: 'a', first: 'Ann', last: 'Lee', mail: 'ann@example.com', groups: [{ id: 7 }], boss: null, desk: 4 },
          { id: 'b', first: 'Bo', last: 'Ek', groups: [{ id: 7 }, { id: 8 }], state: 'left', kind: 'employee' },
          { id: 'c', kind: 'robot' },
        ],
      },
    });
    const given = {
      records: 'people',
      where: '$not(kind = "robot")',
      fields: {
        uid: 'id',
        nickname: 'first & " " & last',
        email: 'mail',
        managerUid: 'boss',
        departments: 'groups.id',
        isDeleted: 'state = "left"',
      },
      customFields: { desk: 'desk' },
    };
    const kept = await read({ users: users(given) });
    expect(kept.pages[0]?.records).toEqual([
      {
        uid: 'a',
        nickname: 'Ann Lee',
        email: 'ann@example.com',
        managerUid: null,
        departments: [7],
        isDeleted: false,
        desk: 4,
      },
      { uid: 'b', nickname: 'Bo Ek', departments: [7, 8], isDeleted: true },
    ]);
    const cleared = await read({ users: users({ ...given, clearMissing: true }) });
    expect(cleared.pages[0]?.records?.[1]).toMatchObject({ email: null, managerUid: null, desk: null });
  });

  // What JavaScript takes for true: a list was wanted for being there, whatever it held.
  it('are of those who are wanted, as JSONata takes what is true', async () => {
    const kept = [[true], ['x'], [false, true], { a: 1 }, 'no', 1];
    const left = [[], [false], [false, false], {}, '', 0, null, undefined];
    const all = [...kept, ...left].map((active, index) => ({ id: index, active }));
    api.answer = () => ({ body: all });
    const { uids, result } = await read({ users: users({ where: 'active' }) });
    expect([uids, result?.complete]).toEqual([[...kept.keys()], { user: true }]);
  });

  it.each([
    ['items', {}, { nothing: [] }, 'bad_answer', 'users/records', 'has nothing where the records should be'],
    ['items.x', {}, { items: [{ x: { id: 1 } }] }, 'bad_answer', 'users/records', 'put [] behind it'],
    ['items[', {}, {}, 'configuration', 'users/records', 'The expression cannot be used'],
    ['items', { email: 'a.b(' }, {}, 'configuration', 'users/fields/email', 'The expression cannot be used'],
    ['items', { email: '$number(name)' }, { items: people(1, 1) }, 'configuration', 'users/fields/email', '(D3030)'],
    [
      'items',
      { email: '($f := function(){1 + $f()}; $f())' },
      { items: people(1, 1) },
      'configuration',
      'users/fields/email',
      'overflow',
    ],
  ])('%s, %j of %j says %s of %s', async (records, fields, body, code, field, message) => {
    api.answer = () => ({ body });
    const { error } = await read({ users: users({ records, fields: { uid: 'id', ...fields } }) });
    expect(error).toMatchObject({ code, field });
    expect(error?.message).toContain(message);
    expect(error?.message).not.toContain('P1');
  });
});

describe('an expression that fails', () => {
  const given = { records: 'items', fields: { uid: 'id', nickname: 'name', phone: '$number(phone)' } };
  const page = (...phones: unknown[]): ApiAnswer => ({
    body: { items: phones.map((phone, index) => ({ id: index + 1, name: `P${index + 1}`, phone })) },
  });

  it('for one record fails that one alone, and says nothing of its data', async () => {
    api.answer = () => page('1', 'secret', '3');
    const { pages, uids, result } = await read({ users: users(given) });
    expect(uids).toEqual([1, 3]);
    expect(result).toEqual({ complete: { user: true } });
    const failed = pages.flatMap((each) => each.failed ?? []);
    expect(failed).toEqual([
      { uid: 2, field: 'phone', message: expect.stringMatching(/"users\/fields\/phone" cannot be worked out .*D3030/) },
    ]);
    expect(JSON.stringify(failed)).not.toContain('secret');
  });

  it('for the uid, or for whether a record is wanted, fails that one, too', async () => {
    api.answer = () => page('1', 'x', '3');
    const uid = await read({ users: users({ ...given, fields: { uid: '$number(phone)' } }) });
    expect(uid.pages.flatMap((each) => each.failed ?? [])).toMatchObject([{ field: 'uid' }]);
    expect(uid.uids).toEqual([1, 3]);
    const where = await read({ users: users({ ...given, fields: { uid: 'id' }, where: '$number(phone) > 1' }) });
    expect(where.pages.flatMap((each) => each.failed ?? [])).toMatchObject([{ uid: 2 }]);
    expect(where.uids).toEqual([3]);
  });

  it('for everybody who came so far is wrong itself, and ends the read; on a later page it is not', async () => {
    api.answer = () => page('x', 'y');
    const { error } = await read({ users: users(given) });
    expect(error).toMatchObject({ code: 'configuration', field: 'users/fields/phone' });
    const paging = { type: 'page' } as const;
    api.answer = ({ url }) =>
      ({ 1: page('1'), 2: { body: { items: [{ id: 9, phone: 'x' }] } } })[url.searchParams.get('page')!] ?? page();
    const later = await read({ users: users({ ...given, paging }) });
    expect(later.error).toBeUndefined();
    expect(later.pages.flatMap((each) => each.failed ?? [])).toMatchObject([{ uid: 9 }]);
  });

  it('is told by a check, however many it works for', async () => {
    api.answer = () => page('1', 'x');
    const { ok, errors } = await check({ users: users(given) });
    expect([ok, errors]).toMatchObject([false, [{ field: 'users/fields/phone' }]]);
  });
});

describe('a rate', () => {
  it('is kept to: requests are that far apart, whatever asks', async () => {
    const times: number[] = [];
    api.answer = ({ url }) => {
      times.push(Date.now());
      const page = Number(url.searchParams.get('page'));
      return { body: page > 4 ? [] : people(page, page) };
    };
    const paging = { type: 'page' } as const;
    expect((await read({ users: users({ paging }), requestsPerMinute: 600 })).uids).toEqual(ids(1, 4));
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    expect(gaps).toHaveLength(9);
    // A tenth of a second each; timers may be a little early. (Not each gap: a busy server notices late that it was asked.)
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(350);
  });

  it('does not keep a read that is stopped', async () => {
    const stop = new AbortController();
    api.answer = () => {
      setTimeout(() => stop.abort(new Error('stopped')), 20);
      return { body: people(1, 1) };
    };
    const { error } = await read(
      { users: users({ paging: { type: 'page' } }), requestsPerMinute: 1 },
      { signal: stop.signal },
    );
    expect(error).toBeDefined();
    expect(api.requests).toHaveLength(1);
  });
});

describe('the text of an answer', () => {
  const GBK = Buffer.concat([
    Buffer.from('[{"id": 1, "name": "'),
    Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
    Buffer.from('"}]'),
  ]);
  const UTF8 = Buffer.from('[{"id": 1, "name": "你好"}]');

  /** Answers with bytes: what the server of these tests sends is always UTF-8. */
  const answers =
    (body: Buffer, type: string): AdapterContext['http'] =>
    (url) =>
      Promise.resolve(httpAnswer(new URL(url), 200, { 'content-type': type }, body));

  it.each([
    ['UTF-8', UTF8, 'application/json'],
    ['UTF-8 behind a byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), UTF8]), 'application/json'],
    ['UTF-8 that calls itself something else', UTF8, 'application/json; charset=ISO-8859-1'],
    ['the charset that it names', GBK, 'application/json;charset=GBK'],
    ['the charset that it names in quotes', GBK, 'text/json; a=b; charset="gb18030"'],
  ])('is read as %s', async (_what, body, type) => {
    const { pages } = await read({ users: users() }, { http: answers(body, type) });
    expect(pages[0]?.records).toEqual([{ uid: 1, nickname: '你好' }]);
  });

  // It came in with signs that stand for what could not be read, and these were stored as names.
  it.each(['application/json', 'application/json; charset=utf-8', 'application/json; charset=no-such'])(
    'that is none in %s is refused',
    async (type) => {
      const { error } = await read({ users: users() }, { http: answers(GBK, type) });
      expect(error).toMatchObject({ code: 'bad_answer' });
      expect(error?.message).toContain('is text neither in UTF-8 nor in a charset');
    },
  );
});

describe('hostile expressions and answers', () => {
  const never = new AbortController().signal;
  const plan = (text: string) => ({
    records: { field: 'users/records', text: '$' },
    where: undefined,
    fields: [{ field: 'users/fields/uid', text, name: 'uid', list: false }],
    clearMissing: false,
    about: {},
  });
  /** A pattern that goes back and forth for ever, inside one step of JSONata. */
  const SLOW = '$contains($, /^(a+)+$/)';
  const body = Buffer.from(JSON.stringify([`${'a'.repeat(50)}!`]));

  it.each([SLOW, '($f := function(){$f()}; $f())'])('do not block the service, and are ended: %s', async (text) => {
    // Long enough for the thread to begin on a busy machine.
    const evaluator = new Evaluator(never, 2);
    let beats = 0;
    const heart = setInterval(() => beats++, 10);
    try {
      await expect(evaluator.page(plan(text), body, 'host')).rejects.toMatchObject({
        ...{ code: 'configuration', field: 'users/fields/uid' },
        message: expect.stringContaining(
          'did not come to an end within 2 seconds; the one under way was "users/fields/uid"',
        ),
      });
    } finally {
      clearInterval(heart);
    }
    expect(beats).toBeGreaterThan(1);
    expect((await evaluator.page(plan('$'), Buffer.from('["x"]'), 'host')).records).toEqual([{ uid: 'x' }]);
    await evaluator.close();
  });

  it('end when the read is stopped', async () => {
    const stop = new AbortController();
    const evaluator = new Evaluator(stop.signal);
    await evaluator.compile([]);
    const stopped = expect(evaluator.page(plan(SLOW), body, 'host')).rejects.toThrow('cancelled');
    stop.abort(new Error('cancelled'));
    await stopped;
  });

  it('that need too much memory or nest too deeply do no harm', async () => {
    const evaluator = new Evaluator(never);
    const deep = Buffer.from('['.repeat(200_000) + ']'.repeat(200_000));
    await expect(evaluator.page(plan('$'), deep, 'host')).rejects.toMatchObject({ code: 'bad_answer' });
    await expect(evaluator.page(plan('$pad("x", 999999999)'), body, 'host')).rejects.toThrow(
      /too large|memory|cannot be worked out/,
    );
    await evaluator.close();
  });

  it('see nothing of the process', async () => {
    const evaluator = new Evaluator(never);
    const { records } = await evaluator.page(
      plan('$type(process) & $type(constructor) & $type(__proto__)'),
      body,
      'host',
    );
    expect(records).toEqual([{ uid: '' }]);
    await evaluator.close();
  });
});

describe('what the other side says', () => {
  it.each([
    [{ status: 401 }, { code: 'credentials', field: 'token' }, 'users: HOST answered 401'],
    [{ status: 403 }, { code: 'permission', field: 'users/url' }, 'may not read this'],
    [{ status: 404 }, { code: 'configuration', field: 'users/url' }, 'answered 404'],
    [{ status: 429, headers: { 'Retry-After': '17' } }, { code: 'vendor_busy', retryAfter: 17 }, 'come again in 17'],
    [{ status: 503 }, { code: 'vendor_busy', retryAfter: undefined }, 'it is busy.'],
    [{ status: 500 }, { code: 'read_interrupted' }, 'trouble of its own'],
    [{ status: 202, body: [] }, { code: 'vendor_busy' }, 'answered 202: it is not ready yet.'],
    [{ body: '{"items": [{"id": 1}, {"id"' }, { code: 'bad_answer' }, 'something that is not JSON'],
    [
      { body: '<html>Sign in</html>', headers: { 'Content-Type': 'text/html' } },
      { code: 'bad_answer', field: 'users/url' },
      'answered a web page instead of JSON',
    ],
    [{ body: { error: 'no' } }, { code: 'bad_answer', field: 'users/records' }, 'no list'],
  ])('%j → %j', async (answer: ApiAnswer, error, message) => {
    api.answer = () => answer;
    const got = await read({ users: users(), authentication: 'bearer', token: 'hidden-token' });
    expect(got.error).toMatchObject(error);
    expect(got.error?.message.replace(new URL(api.url).host, 'HOST')).toContain(message);
    expectTranslated(got.error?.message ?? '');
    expect(got.error?.message).not.toContain('hidden');
    expect(got.result).toBeUndefined();
  });

  // Nobody came, and nobody said that nobody is there: whoever took that for an empty company would disable everybody.
  const NO_LIST: [string, ApiAnswer][] = [
    ['204', { status: 204 }],
    ['205', { status: 205 }],
    ['304', { status: 304 }],
    ['200 and an empty body', { body: '' }],
    ['200 and a blank', { body: ' \n' }],
    ['200 and a web page', { body: '<html>[]</html>', headers: { 'Content-Type': 'text/html' } }],
    ['200 and a web page that is called JSON', { body: '<html>[]</html>' }],
    ['200 and an error', { body: { error: 'no', code: 500 } }],
    ['200 and an error beside what is left', { body: { error: 'no', items: null } }],
    ['200 and an error where the list should be', { body: { items: { error: 'no' } } }],
    ['200 and a text', { body: '"no"' }],
    ['200 and null', { body: 'null' }],
    ['200 and false', { body: 'false' }],
    ['202 and an empty list', { status: 202, body: { items: [] } }],
  ];
  describe.each(NO_LIST)('%s is no empty list', (_what, no) => {
    it.each<Partial<Endpoint['paging']>>([{ type: 'none' }, { type: 'cursor', next: 'next' }])(
      'at the beginning, with the paging %j',
      async (paging) => {
        api.answer = () => no;
        const { error, result, uids } = await read({ users: users({ records: 'items', paging }) });
        expect([result, uids]).toEqual([undefined, []]);
        expect(error?.code).toMatch(/^(bad_answer|vendor_busy)$/);
        expectTranslated(error?.message ?? '');
      },
    );

    it('nor a list of one that can be somebody', async () => {
      api.answer = () => no;
      const { result, uids } = await read({ users: users({ records: 'items[]' }) });
      // Of a read that brings a record without a uid nothing is concluded.
      expect(result === undefined || uids.length > 0).toBe(true);
      expect(uids.filter((uid) => uid !== undefined)).toEqual([]);
    });

    it('behind a page with records', async () => {
      api.answer = ({ url }) => (url.searchParams.get('page') === '2' ? no : { body: { items: people(1, 2) } });
      const { error, result } = await read({ users: users({ records: 'items', paging: { type: 'page' } }) });
      expect(result).toBeUndefined();
      expect(error?.code).toMatch(/^(bad_answer|vendor_busy)$/);
    });
  });

  // The advice once was to put [ ] around an expression; of an error in the answer that made a complete read of nobody.
  it.each(['[items]', '[ items.{"id": id} ]', '[items].{"id": id}', '($all := 1; [items])', '[items, others]'])(
    'cannot be said with %s, which makes an empty list of an error',
    async (records) => {
      api.answer = () => ({ body: { error: 'no' } });
      const { error } = await read({ users: users({ records }) });
      expect(error).toMatchObject({ code: 'configuration', field: 'users/records' });
      expect(error?.message).toContain('write items[] instead of [items]');
      expectTranslated(error?.message ?? '');
      expect(api.requests).toEqual([]);
    },
  );

  it.each([
    ['items[]', { items: { id: 1 } }, [1]],
    ['items[]', { items: [] }, []],
    ['$exists(items) ? [items.{"id": key}] : null', { items: [] }, []],
    ['$exists(items) ? [items.{"id": key}] : null', { items: [{ key: 1 }, { key: 2 }] }, [1, 2]],
    ['$exists(errors) ? null : data.items', { data: { items: [] } }, []],
  ])('%s of %j is a list', async (records, body, expected) => {
    api.answer = () => ({ body });
    const { uids, result } = await read({ users: users({ records }) });
    expect([uids, result?.complete]).toEqual([expected, { user: true }]);
  });

  it.each(['$exists(errors) ? null : data.items', '$exists(data.items) ? [data.items] : null', 'items[kind = "x"]'])(
    '%s of an error is none',
    async (records) => {
      api.answer = () => ({ body: { errors: ['no'], data: records.includes('errors') ? { items: [] } : null } });
      const { error } = await read({ users: users({ records }) });
      expect(error).toMatchObject({ code: 'bad_answer', field: 'users/records' });
    },
  );

  // Whoever left the paging at "none" read one page, and whoever was on others was missing from a complete read.
  it.each<[string, ApiAnswer]>([
    ['with status 206', { status: 206, body: people(1, 2) }],
    ['with a link to the next page', { body: people(1, 2), headers: { Link: '</users?page=2>; rel="next last"' } }],
  ])('that it sends a part, %s: it is not taken for everything', async (_what, part) => {
    api.answer = () => part;
    const { error } = await read({ users: users() });
    expect(error).toMatchObject({ code: 'configuration', field: 'users/paging/type' });
    expect(error?.message).toContain('says that there is more; choose how its pages follow each other');
    expectTranslated(error?.message ?? '');
    expect(await check({ users: users() })).toMatchObject({ ok: false, errors: [{ field: 'users/paging/type' }] });
  });

  it('in which pages are parts, and links lead back: nothing is wrong with either', async () => {
    api.answer = (request) => ({ ...numbered(4, 2)(request), status: 206 });
    const paged = await read({ users: users({ records: 'items', paging: { type: 'page' } }) });
    expect([paged.uids, paged.result?.complete]).toEqual([[1, 2, 3, 4], { user: true }]);
    for (const Link of ['</users>; rel="first", </users>; rel="last"', 'unreadable', '<>; rel="next"']) {
      api.answer = () => ({ body: people(1, 2), headers: { Link } });
      expect((await read({ users: users() })).result?.complete).toEqual({ user: true });
    }
  });

  it('takes a date to come again', async () => {
    api.answer = () => ({ status: 429, headers: { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() } });
    const { error } = await read({ users: users() });
    expect(error?.retryAfter).toBeGreaterThan(50);
    expect(error?.retryAfter).toBeLessThanOrEqual(60);
  });
});

it('options without any address are refused before anything is asked', async () => {
  expect((await read({})).error).toMatchObject({ code: 'configuration', field: 'users' });
  const { error } = await read({ users: users({ body: '{}' }) });
  expect(error).toMatchObject({ code: 'configuration', field: 'users/body' });
  expect(api.requests).toEqual([]);
});

describe('authentication', () => {
  it.each([
    [{ authentication: 'none' }, {}],
    [{ authentication: 'basic', username: 'ann', password: 'pass' }, { authorization: 'Basic YW5uOnBhc3M=' }],
    [{ authentication: 'bearer', token: 'abc' }, { authorization: 'Bearer abc' }],
    [{ authentication: 'header', headerName: 'X-Key', headerValue: 'abc' }, { 'x-key': 'abc' }],
  ] as [Partial<PullOptions>, object][])('%j sends %j', async (given, headers) => {
    api.answer = () => ({ body: [] });
    await read({ users: users(), headers: [{ name: 'X-Tenant', value: 't1' }], ...given });
    expect(api.requests[0]?.headers).toMatchObject({ 'x-tenant': 't1', accept: 'application/json', ...headers });
  });

  it.each([
    [{ authentication: 'basic', username: 'ann' }, 'password'],
    [{ authentication: 'bearer' }, 'token'],
    [{ authentication: 'oauth2', clientId: 'x', clientSecret: 'y' }, 'tokenUrl'],
  ] as [Partial<PullOptions>, string][])('%j lacks %s', async (given, field) => {
    const { error } = await read({ users: users(), ...given });
    expect(error).toMatchObject({ code: 'configuration', field });
    expect(api.requests).toEqual([]);
  });

  // Whoever typed http:// for a server that sends to https:// was told that the credentials were wrong; where the other host
  // answers strangers too, what it leaves out for them was taken for missing.
  describe('is not shown to the host of a redirect', () => {
    let other: ApiServer;
    beforeEach(async () => {
      other = await startApiServer();
      other.answer = () => ({ body: [] });
      api.answer = ({ url }) => ({ status: 302, headers: { Location: `${other.url}${url.pathname}` } });
    });
    afterEach(() => other.close());
    const http = testHttpClient(new AbortController().signal);

    it.each([
      [{ authentication: 'bearer', token: 'hidden' }],
      [{ authentication: 'header', headerValue: 'hidden' }],
      [{ headers: [{ name: 'X-Tenant', value: 'hidden' }] }],
    ] as [Partial<PullOptions>][])('with %j, whose answer is none', async (given) => {
      for (const status of [200, 401, 403]) {
        other.answer = () => ({ status, body: [] });
        const { error, result } = await read({ users: users(), ...given }, { http });
        expect(result).toBeUndefined();
        expect(error).toMatchObject({ code: 'configuration', field: 'users/url' });
        expect(error?.message).toContain(`redirects to ${other.url}, which is not shown the credentials`);
        expectTranslated(error?.message ?? '');
      }
      expect(JSON.stringify(other.requests.map(({ headers }) => headers))).not.toContain('hidden');
    });

    it('when there is nothing to show, its answer is one', async () => {
      other.answer = () => ({ body: people(1, 2) });
      expect((await read({ users: users() }, { http })).uids).toEqual([1, 2]);
    });

    it('and one at the same host gets them', async () => {
      api.answer = ({ url, headers }) => {
        if (url.pathname === '/users') return { status: 307, headers: { Location: '/people' } };
        return headers.authorization === 'Bearer abc' ? { body: people(1, 2) } : { status: 401 };
      };
      const { uids } = await read({ users: users(), authentication: 'bearer', token: 'abc' }, { http });
      expect(uids).toEqual([1, 2]);
    });
  });

  const OAUTH = (): Partial<PullOptions> => ({
    authentication: 'oauth2',
    tokenUrl: `${api.url}/token`,
    clientId: 'me:1',
    clientSecret: 'hidden',
    scope: 'people',
    tokenParameters: { audience: 'x' },
  });

  it('fetches one token for a read, and another one when it is refused in the middle', async () => {
    let tokens = 0;
    const page = numbered(4, 2);
    api.answer = (request) => {
      if (request.url.pathname === '/token') return { body: { access_token: `t${++tokens}`, token_type: 'Bearer' } };
      const valid = request.url.searchParams.get('page') === '1' ? 't1' : 't2';
      return request.headers.authorization === `Bearer ${valid}` ? page(request) : { status: 401 };
    };
    const { uids, result } = await read({
      users: users({ records: 'items', paging: { type: 'page', total: 'total' } }),
      ...OAUTH(),
    });
    expect([uids, result?.complete, tokens]).toEqual([[1, 2, 3, 4], { user: true }, 2]);
    const [asked] = api.requests;
    expect(asked?.headers.authorization).toBe(`Basic ${Buffer.from('me%3A1:hidden').toString('base64')}`);
    expect(asked?.body).toBe('audience=x&grant_type=client_credentials&scope=people');
  });

  it('fetches another one when its time is over, before it is refused', async () => {
    let tokens = 0;
    const page = numbered(4, 2);
    api.answer = (request) => {
      if (request.url.pathname === '/token')
        return { body: { access_token: `t${++tokens}`, expires_in: tokens === 1 ? 60 : 3600 } };
      if (tokens === 1) jest.setSystemTime(Date.now() + 120_000);
      return page(request);
    };
    jest.useFakeTimers({
      doNotFake: [
        'setTimeout',
        'setImmediate',
        'nextTick',
        'queueMicrotask',
        'setInterval',
        'clearTimeout',
        'clearImmediate',
        'clearInterval',
        'performance',
      ],
    });
    try {
      await read({ users: users({ records: 'items', paging: { type: 'page' } }), ...OAUTH() });
    } finally {
      jest.useRealTimers();
    }
    expect(tokens).toBe(2);
  });

  it('gives up when the new token is refused as well', async () => {
    api.answer = ({ url }) => (url.pathname === '/token' ? { body: { access_token: 't' } } : { status: 401 });
    const { error } = await read({ users: users(), ...OAUTH(), clientAuthentication: 'body' });
    expect(error).toMatchObject({ code: 'credentials', field: 'clientSecret' });
    expect(api.requests.map(({ url }) => url.pathname)).toEqual(['/token', '/users', '/token', '/users']);
    expect(api.requests[0]?.body).toContain('client_id=me%3A1&client_secret=hidden');
    expect(api.requests[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    [
      { status: 401, body: { error: 'invalid_client' } },
      { code: 'credentials', field: 'clientSecret' },
    ],
    [
      { status: 400, body: 'no' },
      { code: 'credentials', field: 'clientSecret' },
    ],
    [
      { status: 400, body: { error: 'invalid_scope' } },
      { code: 'configuration', field: 'scope' },
    ],
    [{ status: 404 }, { code: 'configuration', field: 'tokenUrl' }],
    [{ status: 302, headers: { Location: '/elsewhere' } }, { code: 'bad_answer' }],
    [
      { status: 429, headers: { 'Retry-After': '5' } },
      { code: 'vendor_busy', retryAfter: 5 },
    ],
    [{ body: {} }, { code: 'bad_answer', field: 'tokenUrl' }],
    [{ status: 204 }, { code: 'bad_answer', field: 'tokenUrl' }],
    [{ body: '<html>Sign in</html>' }, { code: 'bad_answer', field: 'tokenUrl' }],
  ] as [ApiAnswer, object][])('takes %j for a token as %j', async (answer, error) => {
    api.answer = () => answer;
    const got = await read({ users: users(), ...OAUTH() });
    expect(got.error).toMatchObject(error);
    expectTranslated(got.error?.message ?? '');
    expect(got.error?.message).not.toContain('hidden');
    expect(api.requests).toHaveLength(1);
  });
});

describe('a read that was interrupted', () => {
  it('vouches for pages that it had finished, and looked through once more, before', async () => {
    let broken = true;
    api.answer = ({ url }) => {
      const page = Number(url.searchParams.get('page'));
      if (broken && url.pathname === '/users' && page === 2) return { status: 500 };
      return { body: people(page * 2 - 1, Math.min(5, page * 2)) };
    };
    const given = {
      users: users({ paging: { type: 'page' } }),
      departments: endpoint({
        url: `${api.url}/groups`,
        fields: { uid: 'id', title: 'name' },
        paging: { type: 'page' },
      }),
    };
    const first = await read(given);
    expect(first.error?.code).toBe('read_interrupted');
    const asked = (): number => api.requests.filter(({ url }) => url.pathname === '/groups').length;
    expect(asked()).toBe(8);
    broken = false;
    const rest = await read(given, { resumeAfter: first.pages.at(-1)!.cursor! });
    expect(rest.result?.complete).toMatchObject({
      department: true,
      user: { complete: false, reason: expect.stringContaining('interrupted') },
    });
    expect(asked()).toBe(8);
  });

  it('goes on behind the last page that was stored, and vouches for what it had finished before', async () => {
    api.answer = ({ url }) => {
      if (url.pathname === '/groups') return { body: [{ id: 'g', name: 'G' }] };
      return url.searchParams.get('page') === '2' && api.requests.length < 4
        ? { status: 500 }
        : numbered(5, 2)({ url } as ApiRequest);
    };
    const given = {
      users: users({ records: 'items', paging: { type: 'page', total: 'total' } }),
      departments: endpoint({ url: `${api.url}/groups`, fields: { uid: 'id', title: 'name' } }),
    };
    const first = await read(given);
    expect([first.uids, first.error?.code]).toEqual([['g', 1, 2], 'read_interrupted']);
    const rest = await read(given, { resumeAfter: first.pages.at(-1)!.cursor! });
    expect(rest.uids).toEqual([3, 4, 5]);
    expect(rest.result?.complete).toEqual({
      department: true,
      user: { complete: false, reason: expect.stringContaining('The read was interrupted and went on later') },
    });
    expect(api.requests.filter(({ url }) => url.pathname === '/groups')).toHaveLength(1);
  });

  // Twenty-five people, one of whom moved to the front during the pause: one came twice, one never.
  it.each([{}, { total: 'total' }])('takes nobody for missing: paging %j', async (said) => {
    let order = ids(1, 25);
    let busy = true;
    api.answer = ({ url }) => {
      const offset = Number(url.searchParams.get('offset'));
      if (offset === 10 && busy) {
        busy = false;
        order = [20, ...order.filter((id) => id !== 20)];
        return { status: 503, headers: { 'Retry-After': '3' } };
      }
      return { body: { items: order.slice(offset, offset + 10).map((id) => ({ id })), total: 25 } };
    };
    const given = { users: users({ records: 'items', paging: { type: 'offset', ...said } }) };
    const first = await read(given);
    expect(first.error).toMatchObject({ code: 'vendor_busy', retryAfter: 3 });
    const cursor = first.pages.at(-1)!.cursor!;
    const rest = await read(given, { resumeAfter: cursor });
    expect(new Set([...first.uids, ...rest.uids]).size).toBe(24);
    expect(rest.result?.complete.user).toMatchObject({
      complete: false,
      reason: expect.stringContaining('The read was interrupted and went on later'),
    });
    expect(cursor.length).toBeLessThan(200);
    // Interrupted once more on the way, it still knows.
    const again = await read(given, { resumeAfter: rest.pages.at(-2)!.cursor! });
    expect(again.result?.complete.user).toMatchObject({ complete: false });
  });

  it('begins anew when its mark is not known any more', async () => {
    api.answer = ({ url }) =>
      url.search === ''
        ? { body: { items: people(1, 2), next: 'x' } }
        : { status: api.requests.length < 3 ? 500 : 410 };
    const given = { users: users({ records: 'items', paging: { type: 'cursor', next: 'next' } }) };
    const first = await read(given);
    const { error } = await read(given, { resumeAfter: first.pages.at(-1)!.cursor! });
    expect(error?.code).toBe('cursor_expired');
  });
});

describe('incremental reads', () => {
  it.each([
    ['iso', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/],
    ['date', /^\d{4}-\d\d-\d\d$/],
    ['unix', /^\d{10}$/],
    ['unix-ms', /^\d{13}$/],
  ] as const)('ask for what changed since the last one: %s', async (sinceFormat, form) => {
    api.answer = () => ({ body: people(1, 1) });
    const before = Date.now();
    const given = { users: users({ sinceParameter: 'updated_since', sinceFormat }) };
    const full = await read(given);
    expect(api.requests[0]?.url.search).toBe('');
    const since = full.result?.nextCursor;
    // A minute before it began, and what this server's clock, which is told in seconds, may lag: clocks differ.
    expect(Number(since)).toBeGreaterThanOrEqual(before - 62_000);
    expect(Number(since)).toBeLessThanOrEqual(Date.now() - 60_000);
    await read(given, { mode: 'incremental', ...(since !== undefined && { since }) });
    expect(api.requests[1]?.url.searchParams.get('updated_since')).toMatch(form);
  });

  it('that may have passed somebody over, because pages moved, are asked for once more', async () => {
    const given = { records: 'items', sinceParameter: 'since', paging: { type: 'page' } } as const;
    const changes = { mode: 'incremental', since: '1' } as const;
    const moved: Record<string, unknown> = { '1': people(1, 3), '2': people(3, 5), '3': [] };
    api.answer = ({ url }) => ({ body: { items: moved[url.searchParams.get('page') ?? ''], total: 9_000 } });
    const passed = await read({ users: users(given) }, changes);
    expect(passed.result).toMatchObject({ complete: { user: { complete: false } } });
    expect(passed.result).not.toHaveProperty('nextCursor');
    expect((await read({ users: users(given) })).result?.nextCursor).toBeDefined();
    // A total of everybody speaks against no read of changes.
    api.answer = ({ url }) => ({
      body: { items: url.searchParams.get('page') === '1' ? people(1, 3) : [], total: 9_000 },
    });
    const counted = await read({ users: users({ ...given, paging: { type: 'page', total: 'total' } }) }, changes);
    expect(counted.result).toMatchObject({ complete: { user: true }, nextCursor: expect.any(String) });
  });

  // Whoever changed in the hours by which the other side's clock is behind was never asked for.
  it('allow for a clock that is behind', async () => {
    const late = new Date(Date.now() - 3_600_000);
    api.answer = () => ({ body: people(1, 1), headers: { Date: late.toUTCString() } });
    const { result } = await read({ users: users({ sinceParameter: 'since' }) });
    expect(Number(result?.nextCursor)).toBeLessThanOrEqual(late.getTime() - 59_000);
    expect(Number(result?.nextCursor)).toBeGreaterThan(late.getTime() - 90_000);
  });

  it.each([new Date(Date.now() + 3_600_000).toUTCString(), 'no date'])('and not for one that says %s', async (date) => {
    api.answer = () => ({ body: people(1, 1), headers: { Date: date } });
    const { result } = await read({ users: users({ sinceParameter: 'since' }) });
    expect(Number(result?.nextCursor)).toBeGreaterThan(Date.now() - 70_000);
  });

  // At 01:00 UTC it is still the day before in America: whoever changed until midnight there was never asked for.
  it.each([
    ['2026-03-01T01:00:00Z', '2026-02-28'],
    ['2026-03-01T23:59:59Z', '2026-02-28'],
    ['2026-01-01T00:00:00Z', '2025-12-31'],
  ])('by date after %s ask from the day before', async (time, day) => {
    api.answer = () => ({ body: [] });
    const since = String(Date.parse(time));
    const given = { sinceParameter: 'since', sinceFormat: 'date' } as const;
    await read({ users: users(given) }, { mode: 'incremental', since });
    expect(api.requests[0]?.url.search).toBe(`?since=${day}`);
  });

  // There was no way to ask for changes in a body alone.
  it('ask in the body of a POST', async () => {
    api.answer = () => ({ body: people(1, 1) });
    const given = { users: users({ method: 'POST', body: '{"changedAfter": $since}', sinceFormat: 'unix-ms' }) };
    const since = (await read(given)).result?.nextCursor;
    expect(since).toMatch(/^\d{13}$/);
    await read(given, { mode: 'incremental', ...(since !== undefined && { since }) });
    expect(api.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { changedAfter: null },
      { changedAfter: since },
    ]);
    expect(api.requests[1]?.url.search).toBe('');
  });

  it('are not there without a parameter for them', async () => {
    api.answer = () => ({ body: people(1, 1) });
    expect((await read({ users: users() })).result).not.toHaveProperty('nextCursor');
  });
});

describe('trying the options', () => {
  it('names fields that only later records have', async () => {
    api.answer = () => ({ body: [{ id: 1, name: 'A' }, { id: 2, boss: 1 }, 'odd', null] });
    expect((await check({ users: users() })).message).toContain('with the fields id, name, boss.');
  });

  it('fetches one page of each, and names fields, not values', async () => {
    api.answer = ({ url }) => (url.pathname === '/users' ? numbered(50, 20)({ url } as ApiRequest) : { body: [] });
    const result = await check({
      users: users({ records: 'items', paging: { type: 'page' } }),
      departments: endpoint({ url: `${api.url}/groups` }),
    });
    expect(result).toEqual({
      ok: true,
      message:
        'departments: 0 records on the first page. users: 20 records on the first page, with the fields id, name.',
    });
    expect(api.requests).toHaveLength(2);
  });

  it('warns of records without a uid, and says how many', async () => {
    api.answer = () => ({ body: [...people(1, 3), { name: 'X' }, { id: '', name: 'Y' }] });
    expect(await check({ users: users() })).toEqual({
      ok: true,
      message: expect.stringContaining('The expression for uid finds nothing in 2 of them'),
    });
  });

  it.each([
    ['a full page', { size: 2 }, true],
    ['fewer than there are', { total: 'all' }, true],
    ['a page that is not full', { size: 50 }, false],
    ['all that there are', { total: 'some' }, false],
  ])('warns when no next page is found behind %s', async (_what, more, warned) => {
    api.answer = () => ({ body: { items: people(1, 2), all: 9, some: 2 } });
    const paging = { type: 'cursor', next: 'misspelt', ...more } as const;
    const { ok, message } = await check({ users: users({ records: 'items', paging }) });
    expect([ok, message.includes('No next page was found: the read ends after this page.')]).toEqual([true, warned]);
  });

  it.each([
    [1, true],
    [2, false],
    [9, false],
  ])('warns of a total that is less than what came: of %i %s', async (total, warned) => {
    api.answer = () => ({ body: { items: [...people(1, 2), ...people(1, 1)], total } });
    const paging = { type: 'page', total: 'total' } as const;
    const { ok, message } = await check({ users: users({ records: 'items', paging }) });
    expect([ok, message.includes('The total is less than what came')]).toEqual([true, warned]);
  });

  it('says which headers are shown and may be secrets', async () => {
    api.answer = () => ({ body: people(1, 1) });
    const headers = [{ name: 'X-Api-Key', value: 'hidden' }];
    const { ok, message } = await check({ users: users(), headers });
    expect([ok, message]).toEqual([
      true,
      expect.stringContaining('stored and shown in clear: X-Api-Key. A key belongs'),
    ]);
    expect(message).not.toContain('hidden');
  });

  it('says that there is nothing at an address', async () => {
    api.answer = () => ({ status: 404, body: {} });
    const message = expect.stringContaining('answered 404: there is nothing at this address.');
    expect(await check({ users: users() })).toEqual({ ok: false, message, errors: [{ field: 'users/url', message }] });
  });

  it('tells that the uid is not found', async () => {
    api.answer = () => ({ body: people(1, 1) });
    const result = await check({ users: users({ fields: { uid: 'uuid' } }) });
    expect(result).toMatchObject({ ok: false, errors: [{ field: 'users/fields/uid' }] });
    expect(result.message).not.toContain('P1');
  });
});

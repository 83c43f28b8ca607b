import { connect, type Timing, type WecomClient } from './client';
import { contextFor, freshOptions, reset, type Scripted, ScriptedWecom } from './test-support/scripted-wecom';

const TIMING: Timing = { backoff: 1, block: 20 };

let wecom: ScriptedWecom;

beforeEach(() => {
  wecom = new ScriptedWecom();
});

afterEach(() => {
  jest.restoreAllMocks();
});

function app(options = freshOptions('app'), impatient = false): WecomClient {
  return connect(contextFor(options, wecom.http).context, TIMING, impatient).app!;
}

const read = (client: WecomClient): Promise<unknown> => client.get('department/get', { id: 1 });

/** Answers the first calls of department/get like this, and then as WeCom would. */
const answers = (...scripted: Scripted[]): void => {
  wecom.script = ({ path }, nth) => (path === 'department/get' ? scripted[nth - 1] : undefined);
};

const always = (answer: Scripted): void => {
  wecom.script = ({ path }) => (path === 'department/get' ? answer : undefined);
};

const laterBy = (seconds: number): void => {
  const now = Date.now() + seconds * 1000;
  jest.spyOn(Date, 'now').mockReturnValue(now);
};

describe('the access token', () => {
  test('is asked for once by many at a time, and kept', async () => {
    const client = app();
    await Promise.all(Array.from({ length: 20 }, () => read(client)));
    await read(client);
    expect(wecom.count('gettoken')).toBe(1);
  });

  test('is shared by all clients of one secret, and by no other one', async () => {
    const options = freshOptions('both');
    await read(app(options));
    await read(app({ ...options }));
    expect(wecom.count('gettoken')).toBe(1);
    await read(app({ ...options, corpId: `${options.corpId}x` }));
    await read(app({ ...options, apiBaseUrl: 'https://wecom.example.com' }));
    await connect(contextFor(options, wecom.http).context, TIMING).contacts!.get('department/simplelist');
    expect(wecom.count('gettoken')).toBe(4);
  });

  test('is renewed five minutes before its end', async () => {
    const client = app();
    await read(client);
    laterBy(7200 - 300 - 5);
    await read(client);
    expect(wecom.count('gettoken')).toBe(1);
    laterBy(10);
    await read(client);
    expect(wecom.count('gettoken')).toBe(2);
  });

  test.each([40014, 42001])(
    'is renewed once when WeCom ends it early (%i), for all calls together',
    async (errcode) => {
      const client = app();
      await read(client);
      wecom.script = ({ path, query }) =>
        path === 'department/get' && query['access_token'] === 'token-app-1' ? { errcode, department: [] } : undefined;
      await Promise.all([read(client), read(client), read(client)]);
      expect(wecom.count('gettoken')).toBe(2);
    },
  );

  test('is not renewed again and again', async () => {
    always({ errcode: 42001 });
    await expect(read(app())).rejects.toMatchObject({ code: 'vendor_busy', errcode: 42001 });
    expect(wecom.count('gettoken')).toBe(2);
  });

  test('is asked for again when whoever asked was stopped', async () => {
    const options = freshOptions('app');
    const first = contextFor(options, wecom.http);
    wecom.script = ({ path }, nth) => {
      if (path !== 'gettoken' || nth > 1) return undefined;
      first.stop.abort();
      return reset();
    };
    const stopped = read(connect(first.context, TIMING).app!);
    const other = read(app(options));
    await expect(stopped).rejects.toThrow();
    await expect(other).resolves.toBeDefined();
  });

  test('that is not there is an error', async () => {
    wecom.script = ({ path }) => (path === 'gettoken' ? { errcode: 0 } : undefined);
    await expect(read(app())).rejects.toMatchObject({ code: 'bad_answer' });
  });
});

describe('a wrong secret', () => {
  const wrong = (): ReturnType<typeof freshOptions> => freshOptions('app', { agentSecret: 'wrong-secret' });

  test('is told, with the hint for support, and not tried again for a while', async () => {
    const options = wrong();
    const error = await read(app(options)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'credentials', field: 'agentSecret', errcode: 40001 });
    expect((error as Error).message).toContain('hint 1700000000123456');
    for (let n = 0; n < 5; n++) await expect(read(app(options))).rejects.toMatchObject({ code: 'credentials' });
    expect(wecom.count('gettoken')).toBe(1);
    laterBy(16 * 60);
    await expect(read(app(options))).rejects.toMatchObject({ code: 'credentials' });
    expect(wecom.count('gettoken')).toBe(2);
  });

  test('is tried again at once for an admin who checks', async () => {
    const options = wrong();
    await expect(read(app(options))).rejects.toMatchObject({ code: 'credentials' });
    await expect(read(app(options, true))).rejects.toMatchObject({ code: 'credentials' });
    expect(wecom.count('gettoken')).toBe(2);
  });

  test('that a call complains of is doubted once in a quarter of an hour, whatever comes', async () => {
    always({ errcode: 40001 });
    const client = app();
    for (let n = 0; n < 5; n++) await expect(read(client)).rejects.toMatchObject({ code: 'credentials' });
    expect(wecom.count('gettoken')).toBe(2);
  });

  test('that was only an ended token is forgiven', async () => {
    answers({ errcode: 40001 });
    await expect(read(app())).resolves.toMatchObject({ errcode: 0 });
  });
});

describe('what passes is tried again', () => {
  test.each<[string, Scripted]>([
    ['busy', { errcode: -1, department: [] }],
    ['a version conflict', { errcode: 6000 }],
    ['HTTP 502', { status: 502, text: '<html>' }],
    ['a page with status 200', '<html>Please sign in to this network</html>'],
    ['half an answer', '{"errcode":0,"department":{"id":1,"na'],
    ['JSON that is no object', '[]'],
  ])('%s', async (_what, trouble) => {
    answers(trouble, trouble, trouble);
    await expect(read(app())).resolves.toMatchObject({ errcode: 0 });
    expect(wecom.count('department/get')).toBe(4);
  });

  test('a connection that is reset', async () => {
    wecom.script = ({ path }, nth) => (path === 'department/get' && nth < 3 ? reset() : undefined);
    await expect(read(app())).resolves.toMatchObject({ errcode: 0 });
  });

  test('but not for ever', async () => {
    always({ errcode: -1 });
    await expect(read(app())).rejects.toMatchObject({ code: 'vendor_busy' });
    expect(wecom.count('department/get')).toBe(4);
    always('<html>');
    await expect(read(app())).rejects.toMatchObject({ code: 'network' });
  });

  test('too many at one time (45033): fewer are made', async () => {
    let running = 0;
    let most = 0;
    const options = freshOptions('app', { concurrency: 6 });
    wecom.script = async ({ path }) => {
      if (path !== 'department/get') return undefined;
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      return running-- > 3 ? { errcode: 45033 } : undefined;
    };
    const client = app(options);
    await Promise.all(Array.from({ length: 12 }, () => read(client)));
    expect(most).toBe(6);
    most = 0;
    await Promise.all(Array.from({ length: 12 }, () => read(client)));
    expect(most).toBeLessThan(6);
  });

  test('too often (45009): every call with this secret waits', async () => {
    const client = app();
    const at: number[] = [];
    wecom.script = ({ path }, nth) => {
      at.push(performance.now());
      return path === 'department/get' && nth === 1 ? { errcode: 45009 } : undefined;
    };
    await read(client);
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(TIMING.block - 2);
    expect(wecom.count('department/get')).toBe(2);
  });

  test('too often, and it does not end: the task is told to come back later', async () => {
    always({ errcode: 45009 });
    await expect(read(app())).rejects.toMatchObject({ code: 'vendor_busy', retryAfter: 300 });
    expect(wecom.count('department/get')).toBe(3);
  });

  test('a check does not wait for a minute', async () => {
    always({ errcode: 45009 });
    await expect(read(app(freshOptions('app'), true))).rejects.toMatchObject({ code: 'vendor_busy' });
    expect(wecom.count('department/get')).toBe(1);
  });

  test('a wait ends when the task is stopped', async () => {
    const { context, stop } = contextFor(freshOptions('app'), wecom.http);
    always({ errcode: 45009 });
    const call = read(connect(context, { backoff: 1, block: 60_000 }).app!);
    const reason = new Error('cancelled');
    setTimeout(() => stop.abort(reason), 20);
    await expect(call).rejects.toBe(reason);
  });
});

describe('what does not pass is told in plain words', () => {
  test.each([
    [40013, 'configuration', 'corpId', 'Corp ID'],
    [40056, 'configuration', 'agentId', 'AgentId'],
    [301002, 'configuration', 'agentId', 'another app'],
    [40091, 'credentials', 'agentSecret', 'another company'],
    [45031, 'credentials', 'agentSecret', 'Reset it'],
    [48001, 'permission', 'agentSecret', 'not granted'],
    [48002, 'permission', 'agentSecret', 'kind of secret'],
    [48006, 'permission', 'agentSecret', 'not used for long'],
    [48009, 'permission', 'agentSecret', 'ids only'],
    [50003, 'permission', 'agentSecret', 'disabled'],
    [60011, 'permission', undefined, 'The department does not exist any more, or is outside of the visible range'],
    [60111, 'permission', undefined, 'visible range'],
    [50100, 'vendor_busy', undefined, 'forgot'],
    [45029, 'bad_answer', undefined, 'larger'],
    [40035, 'bad_answer', undefined, 'errcode 40035'],
  ])('%i is %s', async (errcode, code, field, words) => {
    always({ errcode, errmsg: 'whatever', department: [] });
    await expect(read(app())).rejects.toMatchObject({ code, field, errcode, message: expect.stringContaining(words) });
    expect(wecom.count('department/get')).toBe(1);
  });

  test('60020 names the address that WeCom saw, and where to add it', async () => {
    const errmsg =
      'not allow to access from your ip, hint: [1700000000_79_abcdef], from ip: 203.0.113.7, more info at x';
    always({ errcode: 60020, errmsg });
    await expect(read(app())).rejects.toMatchObject({
      code: 'permission',
      message: expect.stringMatching(/203\.0\.113\.7.*企业可信IP.*应用管理.*hint 1700000000_79_abcdef/),
    });
  });

  test.each<[string, Scripted, string, string | undefined]>([
    ['another server', { status: 404, text: 'not found' }, 'configuration', 'apiBaseUrl'],
    ['a redirect', { status: 301, text: '' }, 'configuration', 'apiBaseUrl'],
    ['an errcode that is no number', { errcode: 'x' }, 'bad_answer', undefined],
    ['a refusal of a proxy', { status: 403, text: '{}' }, 'network', undefined],
  ])('%s', async (_what, answer, code, field) => {
    always(answer);
    await expect(read(app())).rejects.toMatchObject({ code, field });
  });

  test('neither token nor secret nor the text of the vendor gets into it', async () => {
    always({ errcode: 48002, errmsg: 'access_token=token-app-1 corpsecret=app-secret 张三' });
    const { message } = (await read(app()).catch((thrown: unknown) => thrown as Error)) as Error;
    for (const part of ['token-app', 'app-secret', '张三', 'access_token']) expect(message).not.toContain(part);
  });
});

test('an answer without errcode is a good one', async () => {
  answers({ department: { id: 1, parentid: 0 } });
  await expect(read(app())).resolves.toEqual({ department: { id: 1, parentid: 0 } });
});

test('no more calls run at a time than were allowed', async () => {
  let running = 0;
  let most = 0;
  wecom.script = async ({ path }) => {
    if (path === 'gettoken') return undefined;
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running--;
    return undefined;
  };
  const client = app(freshOptions('app', { concurrency: 3 }));
  await Promise.all(Array.from({ length: 20 }, () => read(client)));
  expect(most).toBe(3);
});

test('the address may end in a slash, or name the interface', async () => {
  const urls: string[] = [];
  const http: typeof wecom.http = (url, request) => {
    urls.push(String(url));
    return wecom.http(url, request);
  };
  for (const apiBaseUrl of ['http://127.0.0.1:1/', 'http://127.0.0.1:1/cgi-bin/', 'http://127.0.0.1:1/proxy']) {
    await read(connect(contextFor(freshOptions('app', { apiBaseUrl }), http).context, TIMING).app!);
  }
  expect(urls.filter((url) => url.includes('department/get')).map((url) => url.split('?')[0])).toEqual([
    'http://127.0.0.1:1/cgi-bin/department/get',
    'http://127.0.0.1:1/cgi-bin/department/get',
    'http://127.0.0.1:1/proxy/cgi-bin/department/get',
  ]);
});

test('a token is not sent along a redirect, and the secret is nowhere but in gettoken', async () => {
  const requests: { url: string; followRedirects: boolean | undefined }[] = [];
  const http: typeof wecom.http = (url, request) => {
    requests.push({ url: String(url), followRedirects: request?.followRedirects });
    return wecom.http(url, request);
  };
  const options = freshOptions('app');
  await read(connect(contextFor(options, http).context, TIMING).app!);
  expect(requests.map(({ followRedirects }) => followRedirects)).toEqual([false, false]);
  expect(requests.filter(({ url }) => url.includes('app-secret'))).toHaveLength(1);
});

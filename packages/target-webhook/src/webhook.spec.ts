import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import {
  type AdapterContext,
  type Change,
  type HttpAnswer,
  type HttpRequest,
  isRollcallError,
  type RowOutcome,
} from '@rollcall/core';
import { httpAnswer, validateOptions } from '@rollcall/core/checks';
import { applyRows } from './apply-rows';
import { check } from './check';
import { configSchema, type WebhookOptions } from './config';
import { type ChangesMessage, entryOf, nameOf } from './message';
import { signatureOf, signedHeaders } from './sign';
import { verify } from './test-support/verify';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const OPTIONS: WebhookOptions = {
  url: 'https://receiver.example/rollcall?key=private',
  secret: SECRET,
  headers: [],
  dataTypes: ['user', 'department'],
  fields: [],
  batchSize: 100,
};

const change = (recordId: number, more: Partial<Change> = {}): Change => ({
  ...{ recordId, version: 1, source: 'hr', dataType: 'user', uid: `u${recordId}`, action: 'create' },
  payload: { nickname: `N${recordId}` },
  changed: null,
  ...more,
});

interface Sent {
  url: string;
  request: HttpRequest & { headers: Record<string, string>; body: string };
  ids: number[];
}

/** A context whose other side answers what `reply` says; `sent` holds what it got. */
function contextOf(
  reply: (ids: number[]) => { status: number; headers?: Record<string, string>; text?: string },
  more: Partial<WebhookOptions> = {},
): { context: AdapterContext<WebhookOptions>; sent: Sent[] } {
  const sent: Sent[] = [];
  const http = async (url: string | URL, request: HttpRequest = {}): Promise<HttpAnswer> => {
    const { data } = JSON.parse(request.body as string) as { data: Partial<ChangesMessage['data']> };
    const ids = (data.changes ?? []).map(({ recordId }) => recordId);
    sent.push({ url: String(url), request: request as Sent['request'], ids });
    const { status, headers = {}, text = '' } = reply(ids);
    return httpAnswer(new URL(url), status, headers, Buffer.from(text));
  };
  const logger = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  const signal = new AbortController().signal;
  return { context: { options: { ...OPTIONS, ...more }, http, logger, signal }, sent };
}

async function outcomesOf(changes: Change[], context: AdapterContext<WebhookOptions>): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  for await (const outcome of applyRows(changes, context)) outcomes.push(outcome);
  return outcomes;
}

/** The error of a delivery that the receiver answers like this. */
async function errorOf(status: number, headers?: Record<string, string>, text?: string): Promise<unknown> {
  const { context } = contextOf(() => ({ status, ...(headers && { headers }), ...(text !== undefined && { text }) }));
  try {
    await outcomesOf([change(1)], context);
  } catch (error) {
    if (isRollcallError(error)) {
      const { code, field, retryAfter, message } = error;
      expect(message).toContain('receiver.example');
      expect(message).not.toContain('private');
      return { code, field, retryAfter };
    }
    throw error;
  }
  return undefined;
}

describe('a signature', () => {
  // The example of the specification of Standard Webhooks.
  const known = {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    message: { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' },
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  };

  it('is that of the public scheme', () => {
    expect(signatureOf(known.secret, known.message)).toBe(known.signature);
  });

  it('is also there by the previous secret while receivers change over', () => {
    const both = signedHeaders({ secret: SECRET, previousSecret: known.secret }, known.message);
    expect(both['webhook-signature']).toBe(`${signatureOf(SECRET, known.message)} ${known.signature}`);
  });

  it('fails to be verified under another secret, for another body, and after five minutes', () => {
    const now = { id: 'msg_1', timestamp: Math.floor(Date.now() / 1000), body: '{}' };
    const headers = signedHeaders({ secret: SECRET }, now);
    const tried = (secret: string, body: string, sent = headers): (() => void) => {
      return () => verify(secret, sent, Buffer.from(body));
    };
    expect(tried(SECRET, '{}')).not.toThrow();
    expect(tried(known.secret, '{}')).toThrow('No signature');
    expect(tried(SECRET, '{} ')).toThrow('No signature');
    const old = signedHeaders({ secret: SECRET }, { ...now, timestamp: now.timestamp - 301 });
    expect(tried(SECRET, '{}', old)).toThrow('too old');
    expect(tried(SECRET, '{}', { ...headers, 'webhook-timestamp': 'soon' })).toThrow('too old');
  });
});

describe('a message', () => {
  it('is signed, named by what it says, and sent with the headers that were asked for', async () => {
    const headers = [
      { name: 'X-Tenant', value: 'acme' },
      { name: 'Webhook-Id', value: 'mine' },
    ];
    const { context, sent } = contextOf(() => ({ status: 204 }), { headers, authorization: 'Bearer b' });
    expect(await outcomesOf([change(1), change(2)], context)).toEqual([{ recordId: 1 }, { recordId: 2 }]);
    const { url, request } = sent[0]!;
    expect(url).toBe(OPTIONS.url);
    expect(request).toMatchObject({ method: 'POST', followRedirects: false });
    expect(request.headers).toMatchObject({ 'x-tenant': 'acme', authorization: 'Bearer b' });
    expect(request.headers['webhook-id']).toBe(nameOf(request.body));
    expect(() => verify(SECRET, request.headers, Buffer.from(request.body))).not.toThrow();
    await outcomesOf([change(1), change(2)], context);
    expect(sent[1]!.request.headers['webhook-id']).toBe(request.headers['webhook-id']);
  });

  it('holds as many changes as were asked for, and never more than a megabyte of them', async () => {
    const { context, sent } = contextOf(() => ({ status: 200 }), { batchSize: 3 });
    await outcomesOf(
      [1, 2, 3, 4, 5, 6, 7].map((id) => change(id)),
      context,
    );
    expect(sent.map(({ ids }) => ids)).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    const large = contextOf(() => ({ status: 200 }));
    const heavy = (id: number): Change => change(id, { payload: { note: 'x'.repeat(60_000) } });
    await outcomesOf(
      Array.from({ length: 40 }, (_, id) => heavy(id)),
      large.context,
    );
    expect(large.sent.map(({ ids }) => ids.length)).toEqual([17, 17, 6]);
    expect(Math.max(...large.sent.map(({ request }) => request.body.length))).toBeLessThan(1_050_000);
  });
});

describe('what is told of a change', () => {
  const update = change(1, {
    action: 'update',
    version: 5,
    changed: ['email', 'desk'],
    payload: { nickname: 'N', desk: '4' },
    resourceKey: 'k',
  });

  it('is all that the record says, with the fields that differ', () => {
    expect(entryOf(update, OPTIONS)).toEqual({
      ...{ recordId: 1, version: 5, source: 'hr', dataType: 'user', uid: 'u1', action: 'update', state: 'active' },
      changed: ['email', 'desk'],
      record: { nickname: 'N', desk: '4' },
    });
  });

  it.each<[Partial<Change>, string, boolean]>([
    [{ action: 'create', payload: { isDisabled: true } }, 'disabled', true],
    [{ action: 'update', payload: { isDisabled: false } }, 'active', true],
    [{ action: 'disable', payload: {} }, 'disabled', true],
    [{ action: 'restore', payload: {} }, 'active', true],
    [{ action: 'delete', payload: { nickname: 'N' } }, 'deleted', false],
  ])('%j leaves the account %s', (more, state, told) => {
    const entry = entryOf(change(1, more), OPTIONS);
    expect([entry?.state, entry?.record !== null]).toEqual([state, told]);
  });

  it('is restricted to the chosen fields, and nothing when none of them differs', async () => {
    const fields = ['nickname', 'email'];
    expect(entryOf(update, { ...OPTIONS, fields })).toMatchObject({ changed: ['email'], record: { nickname: 'N' } });
    expect(entryOf(update, { ...OPTIONS, fields: ['phone'] })).toBeUndefined();
    expect(entryOf(change(1, { payload: { desk: '4' } }), { ...OPTIONS, fields })).toMatchObject({ record: {} });
    expect(entryOf(change(1, { action: 'disable', changed: [] }), { ...OPTIONS, fields })).toBeDefined();
    const renamed = { ...update, uid: 'u2', changed: ['desk', 'uid'] };
    expect(entryOf(renamed, { ...OPTIONS, fields })).toMatchObject({ uid: 'u2', changed: ['uid'] });
    const { context, sent } = contextOf(() => ({ status: 204 }), { fields: ['phone'], dataTypes: ['user'] });
    const changes = [update, change(2, { dataType: 'department' }), change(3)];
    expect(await outcomesOf(changes, context)).toEqual([{ recordId: 1 }, { recordId: 2 }, { recordId: 3 }]);
    expect(sent.map(({ ids }) => ids)).toEqual([[3]]);
  });
});

describe('an answer', () => {
  it.each(['', 'ok', '{}', '{"status":"success"}', '{"refused":[]}', '{ broken', '[1]'])(
    'of 2xx takes everything: %j',
    async (text) => {
      const { context } = contextOf(() => ({ status: 200, text }));
      expect(await outcomesOf([change(1)], context)).toEqual([{ recordId: 1 }]);
    },
  );

  it('may refuse single changes, for good or for now', async () => {
    const refused = [
      { recordId: 2, message: 'No such desk.', field: 'desk' },
      { recordId: 3, retry: true },
    ];
    const { context } = contextOf(() => ({ status: 200, text: JSON.stringify({ refused }) }));
    expect(await outcomesOf([change(1), change(2), change(3)], context)).toEqual([
      { recordId: 1 },
      { recordId: 2, failure: { code: 'rejected_by_target', message: 'No such desk.', field: 'desk' } },
      { recordId: 3, failure: { code: 'vendor_busy', message: expect.stringContaining('did not say why') } },
    ]);
  });

  it.each(['{"refused":{}}', '{"refused":[7]}', '{"refused":[{"recordId":8}]}'])(
    'that refuses nobody knows what is no answer: %s',
    async (text) => {
      expect(await errorOf(200, {}, text)).toMatchObject({ code: 'bad_answer' });
    },
  );

  it.each([
    [401, 'credentials', 'secret'],
    [403, 'credentials', 'secret'],
    [410, 'configuration', 'url'],
    [400, 'configuration', 'url'],
    [405, 'configuration', 'url'],
    [308, 'configuration', 'url'],
    [404, 'network', 'url'],
    [408, 'network', undefined],
    [500, 'network', undefined],
    [502, 'network', undefined],
    [503, 'vendor_busy', undefined],
    [429, 'vendor_busy', undefined],
  ])('%i means %s', async (status, code, field) => {
    expect(await errorOf(status)).toEqual({ code, field, retryAfter: undefined });
  });

  it('of a busy receiver says when to come again, in seconds or as a date', async () => {
    expect(await errorOf(429, { 'retry-after': '17' })).toMatchObject({ retryAfter: 17 });
    const { retryAfter } = (await errorOf(503, { 'retry-after': new Date(Date.now() + 60_000).toUTCString() })) as {
      retryAfter: number;
    };
    expect(retryAfter).toBeGreaterThan(57);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect(await errorOf(503, { 'retry-after': 'soon' })).toMatchObject({ retryAfter: undefined });
  });

  it.each([413, 422])('%i is followed down to the change that is to blame', async (status) => {
    const { context, sent } = contextOf((ids) => ({ status: ids.includes(6) ? status : 204 }));
    const outcomes = await outcomesOf(
      [1, 2, 3, 4, 5, 6, 7, 8].map((id) => change(id)),
      context,
    );
    expect(outcomes.map(({ recordId }) => recordId)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(outcomes.filter(({ failure }) => failure)).toEqual([
      { recordId: 6, failure: { code: 'rejected_by_target', message: expect.stringContaining(String(status)) } },
    ]);
    expect(sent).toHaveLength(7);
  });
});

describe('the options', () => {
  const problems = (given: object): string[] =>
    validateOptions(configSchema, { ...OPTIONS, ...given }).map(({ pointer, message }) => `${pointer} ${message}`);

  it('are shown, so credentials are refused in them, with the option where they belong', () => {
    expect(problems({})).toEqual([]);
    for (const name of ['authorization', 'Cookie'])
      expect(problems({ headers: [{ name, value: 'abc' }] })).toEqual([
        expect.stringMatching(/^\/options\/headers\/0\/name is not allowed: .*a field of its own/),
      ]);
    for (const url of ['https://ann:pass@crm.example/in', 'https://crm.example/in?a=1&ACCESS_TOKEN=abc'])
      expect(problems({ url })).toEqual([
        expect.stringMatching(/^\/options\/url is not allowed: .*belongs in Authorization/),
      ]);
  });
});

describe('the check', () => {
  it('sends a ping with a name of its own each time', async () => {
    const { context, sent } = contextOf(() => ({ status: 204 }));
    expect(await check(context)).toEqual({
      ok: true,
      message: 'receiver.example took a signed ping and answered 204.',
    });
    await check(context);
    expect(sent.map(({ request }) => request.body)).toEqual(Array(2).fill('{"type":"rollcall.ping","data":{}}'));
    expect(sent[0]!.request.headers['webhook-id']).not.toBe(sent[1]!.request.headers['webhook-id']);
  });

  it('says which option to mend', async () => {
    const { context } = contextOf(() => ({ status: 401 }));
    await expect(check(context)).rejects.toMatchObject({ code: 'credentials', field: 'secret' });
  });
});

/** A test that runs the README's examples in other languages. */
const withPrograms = (...programs: string[]): jest.It =>
  // Skipped where the machine lacks python3 or openssl: Rollcall and its tests need neither of them for anything else.
  programs.every((program) => spawnSync(program, ['--version']).error === undefined) ? it : it.skip;

describe('the README', () => {
  const readme = readFileSync(join(__dirname, '..', 'README.md'), 'utf8');
  const support = (file: string): string => readFileSync(join(__dirname, 'test-support', file), 'utf8');
  const block = (language: string): string[] =>
    [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code);

  it.each([
    ['ts', 'verify.ts'],
    ['python', 'verify.py'],
    ['sh', 'sign.sh'],
  ])('shows the %s code that is tested here', (language, file) => {
    expect(block(language)).toContain(support(file));
  });

  withPrograms('python3')('verifies in Python what is signed here, and nothing else', async () => {
    const message = { id: 'msg_1', timestamp: Math.floor(Date.now() / 1000), body: '{"uid":"é"}' };
    const run = async (body: string, secret = SECRET): Promise<unknown> => {
      const program = `${support('verify.py')}\nimport json, sys\ngiven = json.load(sys.stdin)\nverify(given["secret"], given["headers"], given["body"].encode())`;
      const python = promisify(execFile)('python3', ['-c', program]);
      python.child.stdin?.end(JSON.stringify({ secret, headers: signedHeaders({ secret: SECRET }, message), body }));
      return python.then(
        () => 'verified',
        (error: unknown) => (error as { stderr: string }).stderr.trim().split('\n').at(-1),
      );
    };
    expect(await run(message.body)).toBe('verified');
    expect(await run('{"uid":"e"}')).toBe('ValueError: No signature is that of this message.');
  });

  withPrograms('openssl', 'curl')('signs in a shell what a receiver takes', async () => {
    const taken: string[] = [];
    const server = createServer((request, response) => {
      void buffer(request).then((body) => {
        try {
          verify(SECRET, request.headers as Record<string, string>, body);
          taken.push(body.toString());
          response.end();
        } catch (error) {
          response.writeHead(401).end(String(error));
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const RECEIVER = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const run = (secret: string): Promise<unknown> =>
      promisify(execFile)('sh', ['-c', support('sign.sh')], { env: { ...process.env, SECRET: secret, RECEIVER } });
    try {
      await run(SECRET);
      expect(taken).toEqual(['{"type":"rollcall.ping","data":{}}']);
      await expect(run(`whsec_${Buffer.alloc(32, 8).toString('base64')}`)).rejects.toThrow();
      expect(taken).toHaveLength(1);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('shows an example that is what a message looks like', () => {
    const example = JSON.parse(block('json')[0] ?? '') as ChangesMessage;
    const entry = entryOf(change(1), OPTIONS)!;
    for (const shown of example.data.changes) expect(Object.keys(shown)).toEqual(Object.keys(entry));
    expect(example.type).toBe('rollcall.changes');
  });

  it('names every option', () => {
    const options = Object.keys((configSchema as unknown as { properties: object }).properties);
    expect(options.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  withPrograms('openssl')('says how a secret is made that is taken', () => {
    const made = execFileSync('sh', ['-c', 'echo "whsec_$(openssl rand -base64 32)"']).toString().trim();
    const { secret } = (configSchema as unknown as { properties: { secret: { pattern: string } } }).properties;
    expect(made).toMatch(new RegExp(secret.pattern));
    expect(`whsec_${Buffer.alloc(23).toString('base64')}`).not.toMatch(new RegExp(secret.pattern));
  });
});

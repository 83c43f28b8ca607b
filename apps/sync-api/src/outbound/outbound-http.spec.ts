import { createConnection } from 'node:net';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import type { HttpClient } from '@rollcall/core';
import { type LoopbackServer, startLoopbackServer } from '../testing/loopback-server';
import { AddressRules, readAllowedPlace } from './address-rules';
import { OutboundHttp, type OutboundSettings } from './outbound-http';

const NEVER = new AbortController().signal;

/** What the stubbed resolver knows; every other name is unknown to it. No test asks the real one. */
const NAMES: Record<string, string[]> = {
  'vendor.test': ['127.0.0.1'],
  'other.test': ['127.0.0.1'],
  'metadata.test': ['169.254.169.254'],
  'private.test': ['10.0.0.8'],
  'half.test': ['8.8.8.8', '127.0.0.1'],
  'six.test': ['::1'],
  'mapped.test': ['::ffff:127.0.0.1'],
};
let asked: string[] = [];
let closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
  asked = [];
});

function outbound(settings: Partial<OutboundSettings> = {}, allow: string[] = []): OutboundHttp {
  const addressRules = new AddressRules(
    false,
    allow.map((text) => readAllowedPlace(text)!),
  );
  const made = new OutboundHttp(
    { addressRules, httpsProxy: undefined, noProxy: undefined, ...settings },
    async (hostname) => {
      asked.push(hostname);
      const addresses = NAMES[hostname];
      if (!addresses) throw Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    },
  );
  closing.push(() => made.onApplicationShutdown());
  return made;
}

const client = (...allow: string[]): HttpClient => outbound({}, allow).client(NEVER);
const toLoopback = (): HttpClient => client('127.0.0.1');

async function serve(listener: RequestListener, options?: { tls?: boolean }): Promise<LoopbackServer> {
  const server = await startLoopbackServer(listener, options);
  closing.push(() => server.close());
  return server;
}

const answering =
  (body: string | Buffer, headers: Record<string, string> = {}, status = 200) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, headers).end(body);
  };

describe('the addresses that may be asked', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://127.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://127.0.0.1.:PORT/',
    'http://①②⑦.0.0.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::7f00:1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://0.0.0.0:PORT/',
    'http://0:PORT/',
    'http://169.254.169.254/latest/meta-data',
    'https://10.0.0.8/',
    'https://[fd00:ec2::254]/',
  ])('do not include %s, which no connection is made to', async (address) => {
    const server = await serve(answering('secret'));
    const answer = client()(address.replace('PORT', String(server.port)));
    await expect(answer).rejects.toMatchObject({ code: 'configuration' });
    await expect(answer).rejects.toThrow('ROLLCALL_ALLOW_ADDRESSES=');
    expect(server.connections()).toBe(0);
    expect(asked).toEqual([]);
  });

  it.each(['vendor.test', 'metadata.test', 'private.test', 'half.test', 'six.test', 'mapped.test', 'VENDOR.test'])(
    'do not include what %s resolves to, which no connection is made to',
    async (name) => {
      const server = await serve(answering('secret'));
      const answer = client()(`http://${name}:${server.port}/?token=hidden`);
      await expect(answer).rejects.toMatchObject({ code: 'configuration' });
      await expect(answer).rejects.toThrow(`ROLLCALL_ALLOW_ADDRESSES=${name.toLowerCase()} `);
      await expect(answer).rejects.not.toThrow('hidden');
      expect(server.connections()).toBe(0);
      expect(asked).toEqual([name.toLowerCase()]);
    },
  );

  it.each(['127.0.0.1', '127.0.0.0/8', 'vendor.test', '::ffff:7f00:1'].map((allowed) => [allowed]))(
    'include %s when the operator lists it',
    async (allowed) => {
      const server = await serve(answering('hello'));
      if (allowed === '::ffff:7f00:1') {
        // Only the mapped form was listed.
        await expect(client(allowed)(server.url)).rejects.toMatchObject({ code: 'configuration' });
        return;
      }
      const answer = await client(allowed)(`http://vendor.test:${server.port}/`);
      expect(answer.text()).toBe('hello');
    },
  );

  it('include all of them when the operator says so', async () => {
    const server = await serve(answering('hello'));
    const http = outbound({ addressRules: new AddressRules(true) }).client(NEVER);
    expect((await http(`http://vendor.test:${server.port}/`)).text()).toBe('hello');
    expect((await http(server.url)).text()).toBe('hello');
  });

  it('are those that are connected to: a name that resolves to something else a moment later gains nothing', async () => {
    const server = await serve(answering('secret', { Connection: 'close' }));
    const answers = [['127.0.0.1'], ['127.0.0.1'], ['169.254.169.254']];
    const http = new OutboundHttp(
      {
        addressRules: new AddressRules(false, [readAllowedPlace('127.0.0.1')!]),
        httpsProxy: undefined,
        noProxy: undefined,
      },
      async () => (answers.shift() ?? []).map((address) => ({ address, family: 4 })),
    );
    closing.push(() => http.onApplicationShutdown());
    const ask = (): Promise<unknown> => http.client(NEVER)(`http://vendor.test:${server.port}/`);
    await ask();
    expect(answers).toHaveLength(2);
    await ask();
    await expect(ask()).rejects.toThrow('vendor.test leads to 169.254.169.254, which is a link-local address');
    expect(server.connections()).toBe(2);
  });

  it.each([
    ['ftp://vendor.test/', 'begins with neither https:// nor http://'],
    ['file:///etc/passwd', 'begins with neither'],
    ['vendor.test', 'cannot be read'],
    ['http://[fe80::1%25eth0]/', 'cannot be read'],
    ['http://ann:hidden@vendor.test/', 'holds a user name or a password'],
    ['http://256.256.256.256/', 'cannot be read'],
    ['', 'cannot be read'],
  ])('are web addresses, unlike %s', async (address, message) => {
    const answer = client()(address);
    await expect(answer).rejects.toMatchObject({ code: 'configuration' });
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.not.toThrow('hidden');
    expect(asked).toEqual([]);
  });
});

describe('redirects', () => {
  it('lead to the answer, with the address that gave it', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/end?a=1') response.end('here');
      else response.writeHead(302, { Location: '/end?a=1#part' }).end('not this');
    });
    const answer = await toLoopback()(`${server.url}/start`);
    expect(answer).toMatchObject({ status: 200, url: `${server.url}/end?a=1` });
    expect(answer.text()).toBe('here');
  });

  it.each([
    'http://169.254.169.254/latest',
    'http://10.0.0.8/',
    'http://[::1]:PORT/',
    'http://0x7f.2:PORT/',
    '//private.test/',
    'http://metadata.test/',
    'http://six.test:PORT/',
  ])('to %s are refused before any connection is made', async (location) => {
    const inner = await serve(answering('secret'));
    const server = await serve((_, response) =>
      response.writeHead(307, { Location: location.replace('PORT', String(inner.port)) }).end(),
    );
    const answer = toLoopback()(server.url);
    await expect(answer).rejects.toMatchObject({ code: 'configuration' });
    await expect(answer).rejects.toThrow('ROLLCALL_ALLOW_ADDRESSES=');
    expect(inner.connections()).toBe(0);
  });

  it.each([
    ['ftp://vendor.test/', 'redirects to an address that begins with neither'],
    ['http://ann:hidden@vendor.test/', 'redirects to an address that holds a user name'],
  ])('to %s are refused', async (location, message) => {
    const server = await serve((_, response) => response.writeHead(301, { Location: location }).end());
    const answer = toLoopback()(server.url);
    await expect(answer).rejects.toMatchObject({ code: 'configuration' });
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.not.toThrow('hidden');
  });

  it('in circles are given up', async () => {
    let requests = 0;
    const server = await serve((_, response) => response.writeHead(302, { Location: `/${++requests}` }).end());
    const answer = toLoopback()(server.url);
    await expect(answer).rejects.toMatchObject({ code: 'bad_answer' });
    await expect(answer).rejects.toThrow('redirects in circles');
    expect(requests).toBe(6);
  });

  it('are an answer when they are not to be followed', async () => {
    const server = await serve(answering('moved', { Location: 'http://10.0.0.8/' }, 302));
    const answer = await toLoopback()(server.url, { followRedirects: false });
    expect(answer).toMatchObject({ status: 302, headers: { location: 'http://10.0.0.8/' } });
    expect(answer.text()).toBe('moved');
  });

  const SECRET = { Authorization: 'Bearer hidden', Cookie: 'a=hidden', 'X-Api-Key': 'hidden', Accept: 'text/x' };

  it('take credentials along within one origin and not to another one', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    const server = await serve((request, response) => {
      seen.push(request.headers);
      const location = request.url === '/1' ? '/2' : `http://other.test:${other.port}/`;
      response.writeHead(302, { Location: location }).end();
    });
    await toLoopback()(`${server.url}/1`, { headers: SECRET });
    expect(seen).toHaveLength(3);
    for (const headers of seen.slice(0, 2)) {
      expect(headers).toMatchObject({ authorization: 'Bearer hidden', cookie: 'a=hidden', 'x-api-key': 'hidden' });
    }
    expect(JSON.stringify(seen[2])).not.toContain('hidden');
    expect(seen[2]).toMatchObject({ accept: 'text/x', host: `other.test:${other.port}` });
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [307, 'POST', 'POST', 'form'],
    [308, 'PUT', 'PUT', 'form'],
  ])('with %i turn %s into %s', async (status, method, then, body) => {
    const seen: string[] = [];
    const server = await serve((request, response) => {
      if (request.url === '/') return void response.writeHead(status, { Location: '/then' }).end();
      let text = '';
      request.on('data', (chunk) => (text += String(chunk)));
      request.on('end', () => {
        seen.push(`${request.method} ${text} ${request.headers['content-type']}`);
        response.end();
      });
    });
    await toLoopback()(server.url, { method, body: 'form', headers: { 'Content-Type': 'text/x' } });
    expect(seen).toEqual([`${then} ${body} ${body === '' ? 'undefined' : 'text/x'}`]);
  });

  it('do not take a body to another origin', async () => {
    const other = await serve(answering('thanks'));
    const server = await serve((_, response) => response.writeHead(307, { Location: other.url }).end());
    const answer = toLoopback()(server.url, { method: 'POST', body: 'client_secret=hidden' });
    await expect(answer).rejects.toMatchObject({ code: 'configuration' });
    await expect(answer).rejects.toThrow(`redirects to ${other.url}`);
    expect(other.connections()).toBe(0);
  });
});

describe('limits', () => {
  it('cut an endless answer off', async () => {
    const server = await serve((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    const answer = toLoopback()(server.url, { maxBytes: 1024 * 1024 });
    await expect(answer).rejects.toMatchObject({ code: 'bad_answer' });
    await expect(answer).rejects.toThrow(`The answer of 127.0.0.1:${server.port} is larger than 1 MiB.`);
  });

  it('cut an endless answer to a redirect off', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/end') return void response.end('here');
      response.writeHead(302, { Location: '/end' });
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect((await toLoopback()(server.url)).text()).toBe('here');
  });

  it.each(['gzip', 'br'])('cut off what %s unpacks to', async (encoding) => {
    const zeros = Buffer.alloc(8 * 1024 * 1024);
    const packed = encoding === 'gzip' ? gzipSync(zeros) : brotliCompressSync(zeros);
    expect(packed.length).toBeLessThan(16 * 1024);
    const server = await serve(answering(packed, { 'Content-Encoding': encoding }));
    const answer = toLoopback()(server.url, { maxBytes: 1024 * 1024 });
    await expect(answer).rejects.toMatchObject({ code: 'bad_answer' });
    await expect(answer).rejects.toThrow('is larger than 1 MiB');
    const whole = await toLoopback()(server.url, { maxBytes: zeros.length });
    expect(whole.body).toHaveLength(zeros.length);
  });

  it.each([
    ['headers', (): void => undefined],
    ['body', (_: IncomingMessage, response: ServerResponse): void => void response.write('{"a":')],
  ])('end the wait for slow %s', async (_, listener) => {
    const server = await serve(listener);
    const answer = toLoopback()(server.url, { timeoutSeconds: 0.2 });
    await expect(answer).rejects.toMatchObject({ code: 'network' });
    await expect(answer).rejects.toThrow(`127.0.0.1:${server.port} did not answer within 0.2 seconds.`);
  });

  it('end the wait for a name that is not found in time', async () => {
    const http = new OutboundHttp(
      { addressRules: new AddressRules(false), httpsProxy: undefined, noProxy: undefined },
      () => new Promise(() => undefined),
    );
    closing.push(() => http.onApplicationShutdown());
    const answer = http.client(NEVER)('http://vendor.test/', { timeoutSeconds: 0.2 });
    await expect(answer).rejects.toThrow('vendor.test did not answer within 0.2 seconds.');
  });

  it.each([
    ['headers', (): void => undefined],
    ['body', (_: IncomingMessage, response: ServerResponse): void => void response.write('{"a":')],
  ])('do not keep an adapter from stopping while it waits for %s', async (_, listener) => {
    let arrived: (() => void) | undefined;
    const asked = new Promise<void>((resolve) => (arrived = resolve));
    const server = await serve((request, response) => {
      listener(request, response);
      arrived?.();
    });
    const stop = new AbortController();
    const reason = new Error('cancelled');
    const http = outbound({}, ['127.0.0.1']).client(stop.signal);
    const stopped = expect(http(server.url)).rejects.toBe(reason);
    await asked;
    stop.abort(reason);
    // Nothing else ends it: the server never answers, and the time limit is longer than that of this test.
    await stopped;
    await expect(http(server.url)).rejects.toBe(reason);
  });

  it('do not keep an adapter from stopping while a name is looked up', async () => {
    let arrived: (() => void) | undefined;
    const looking = new Promise<void>((resolve) => (arrived = resolve));
    const http = new OutboundHttp(
      { addressRules: new AddressRules(false), httpsProxy: undefined, noProxy: undefined },
      () => {
        arrived?.();
        return new Promise(() => undefined);
      },
    );
    closing.push(() => http.onApplicationShutdown());
    const stop = new AbortController();
    const reason = new Error('cancelled');
    const stopped = expect(http.client(stop.signal)('http://vendor.test/')).rejects.toBe(reason);
    await looking;
    stop.abort(reason);
    await stopped;
  });
});

describe('failures', () => {
  it('are told in words', async () => {
    const reset = await serve((request) => request.socket.destroy());
    const cut = await serve((_, response) => {
      response.writeHead(200, { 'Content-Length': '100' });
      response.write('{"a":', () => response.socket?.destroy());
    });
    const chatty = await serve(answering('x'.repeat(10), { 'Content-Encoding': 'gzip' }));
    const broken = await serve(
      answering(gzipSync(Buffer.from('a'.repeat(500))).subarray(0, 12), { 'Content-Encoding': 'gzip' }),
    );
    const strange = await serve(answering('x', { 'Content-Encoding': 'zstd' }));
    const gone = await startLoopbackServer(answering(''));
    await gone.close();
    const tls = await serve(answering('secret'), { tls: true });
    const http = toLoopback();
    const cases: [string, string, string][] = [
      [reset.url, 'network', 'the connection broke off'],
      [cut.url, 'network', 'the connection broke off'],
      [gone.url, 'network', 'nothing listens there'],
      ['http://unknown.test/?key=hidden', 'network', 'unknown.test cannot be reached: there is no host of this name.'],
      [`https://vendor.test:${tls.port}/`, 'network', 'its certificate is self-signed. The operator can make'],
      [`https://127.0.0.1:${reset.port}/`, 'network', 'it does not speak TLS there'],
      [chatty.url, 'bad_answer', 'cannot be unpacked (gzip)'],
      [broken.url, 'network', 'broke off'],
      [strange.url, 'bad_answer', 'packed its answer in a way that nobody asked for ("zstd")'],
    ];
    for (const [url, code, message] of cases) {
      const error = await http(url, { headers: { Authorization: 'Bearer hidden' } }).then(
        () => undefined,
        (reason: unknown) => reason as Error & { code: string },
      );
      expect([url, error?.code, error?.message]).toEqual([url, code, expect.stringContaining(message)]);
      expect(error?.message).not.toContain('hidden');
    }
  });

  it('say which header cannot be sent, not what it holds', async () => {
    const answer = toLoopback()('http://127.0.0.1:9/', { headers: { 'X-Key': 'hidden\nHost: x' } });
    await expect(answer).rejects.toMatchObject({ code: 'configuration' });
    await expect(answer).rejects.toThrow('The header "X-Key" holds characters that HTTP does not allow.');
    await expect(toLoopback()('http://127.0.0.1:9/', { method: 'GET /' })).rejects.toMatchObject({
      code: 'configuration',
    });
  });
});

describe('an answer', () => {
  it('comes whole, with headers in lower case and joined, whatever its status', async () => {
    const server = await serve((_, response) => {
      response.setHeader('X-Many', ['a', 'b']);
      response.writeHead(418, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' });
      response.end(gzipSync('\uFEFF{"name":"Zoë"}'));
    });
    const answer = await toLoopback()(server.url);
    expect(answer).toMatchObject({ status: 418, headers: { 'x-many': 'a, b' } });
    expect(answer.json()).toEqual({ name: 'Zoë' });
  });

  it('that is no JSON says what it is instead', async () => {
    const page = await serve(answering('<html>hidden</html>', { 'Content-Type': 'text/html; charset=utf-8' }));
    const empty = await serve(answering('', {}, 204));
    const http = toLoopback();
    const html = await http(page.url);
    expect(() => html.json()).toThrow(
      `127.0.0.1:${page.port} answered something that is not JSON, with status 200 and type text/html.`,
    );
    const nothing = await http(empty.url);
    expect(() => nothing.json()).toThrow('answered nothing, with status 204.');
  });

  it('to a HEAD may name a packing of nothing', async () => {
    const server = await serve(answering('', { 'Content-Encoding': 'gzip' }));
    expect((await toLoopback()(server.url, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('a proxy', () => {
  /** Tunnels to the port that is asked for on loopback, whatever the host is called. */
  async function startProxy(): Promise<LoopbackServer & { tunnels: string[] }> {
    const tunnels: string[] = [];
    const proxy = await startLoopbackServer(answering('', {}, 400), {
      onConnect: (request, socket) => {
        tunnels.push(`${request.url} ${request.headers['proxy-authorization']}`);
        const port = Number(request.url?.split(':')[1]);
        const inner = createConnection(port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          inner.pipe(socket).pipe(inner);
        });
        inner.on('error', () => socket.destroy());
        socket.on('error', () => inner.destroy());
      },
    });
    closing.push(() => proxy.close());
    return { ...proxy, tunnels };
  }

  it('carries what goes to https addresses, and is not asked for forbidden ones', async () => {
    const vendor = await serve(answering('hello'), { tls: true });
    const proxy = await startProxy();
    const http = outbound({ httpsProxy: `http://ann:pass@127.0.0.1:${proxy.port}` }).client(NEVER);
    // Unknown to the resolver here. That it is reached is shown by its certificate, which nobody trusts.
    await expect(http(`https://far.test:${vendor.port}/`)).rejects.toThrow('its certificate is self-signed');
    const basic = `Basic ${Buffer.from('ann:pass').toString('base64')}`;
    expect(proxy.tunnels).toEqual([`far.test:${vendor.port} ${basic}`]);
    for (const host of ['127.0.0.1', '169.254.169.254', '[::1]', 'private.test', 'vendor.test']) {
      await expect(http(`https://${host}:${vendor.port}/`)).rejects.toMatchObject({ code: 'configuration' });
    }
    await expect(http(`http://127.0.0.1:${vendor.port}/`)).rejects.toMatchObject({ code: 'configuration' });
    expect(proxy.tunnels).toHaveLength(1);
    expect(vendor.connections()).toBe(1);
  });

  it('is passed by for the hosts that are named', async () => {
    const vendor = await serve(answering('hello'), { tls: true });
    const proxy = await startProxy();
    const settings = { httpsProxy: proxy.url, noProxy: '.test' };
    const http = outbound(settings, ['vendor.test']).client(NEVER);
    await expect(http(`https://vendor.test:${vendor.port}/`)).rejects.toThrow('its certificate is self-signed');
    await expect(http(`https://other.test:${vendor.port}/`)).rejects.toMatchObject({ code: 'configuration' });
    expect(proxy.connections()).toBe(0);
    expect(vendor.connections()).toBe(1);
  });
});

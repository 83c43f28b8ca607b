import { Config } from './config';

const REQUIRED = { DATABASE_URL: 'postgres://x', REDIS_URL: 'redis://x' };

function configOf(env: NodeJS.ProcessEnv): Config {
  return new Config({ ...REQUIRED, ...env });
}

test('what is empty counts as not set', () => {
  const config = configOf({
    PORT: '',
    HOST: '',
    ROLLCALL_PUBLIC_URL: '',
    ROLLCALL_ADMIN_PASSWORD: '',
    ROLLCALL_SECRET_KEY: '',
    ROLLCALL_CORS_ORIGINS: '',
    ROLLCALL_TRUST_PROXY: '',
    ROLLCALL_ROLE: '',
  });
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', role: 'all', corsOrigins: [] });
  for (const value of [config.publicUrl, config.adminPassword, config.secretKey, config.trustProxy]) {
    expect(value).toBeUndefined();
  }
});

test.each([
  [{ PORT: '70000' }, 'PORT=70000'],
  [{ PORT: '80.5' }, 'PORT=80.5'],
  [{ DATABASE_URL: '' }, 'DATABASE_URL is not set'],
  [{ ROLLCALL_ROLE: 'both' }, 'ROLLCALL_ROLE=both is not one of all, api, worker'],
  [{ ROLLCALL_PUBLIC_URL: 'rollcall.example' }, 'ROLLCALL_PUBLIC_URL=rollcall.example'],
  [{ ROLLCALL_PUBLIC_URL: 'ftp://rollcall.example' }, 'ROLLCALL_PUBLIC_URL='],
  [{ ROLLCALL_CORS_ORIGINS: 'https://a.example,https://b.example/' }, 'https://b.example/ is not an origin'],
  [{ ROLLCALL_RAW_RETENTION_DAYS: '0' }, 'ROLLCALL_RAW_RETENTION_DAYS=0'],
  [{ ROLLCALL_RETENTION_DAYS: '0' }, 'ROLLCALL_RETENTION_DAYS=0'],
  [{ ROLLCALL_ALLOW_PRIVATE_ADDRESSES: 'maybe' }, 'ROLLCALL_ALLOW_PRIVATE_ADDRESSES=maybe is not one of on, off'],
  [{ ROLLCALL_ALLOW_ADDRESSES: '10.0.0.1,10.0.0.0/33' }, 'ROLLCALL_ALLOW_ADDRESSES: 10.0.0.0/33 is not a host name'],
  [{ HTTPS_PROXY: 'socks5://proxy.example' }, 'HTTPS_PROXY is not an address'],
])('%j is refused by name', (env, message) => {
  expect(() => configOf(env)).toThrow(message);
});

test('adapters may call what the operator lists, and private addresses when they are allowed', () => {
  const objection = (env: NodeJS.ProcessEnv, address = '10.1.2.3'): string | undefined =>
    configOf(env).addressRules.objection(address);
  for (const env of [{}, { ROLLCALL_ALLOW_PRIVATE_ADDRESSES: '' }, { ROLLCALL_ALLOW_PRIVATE_ADDRESSES: 'off' }]) {
    expect(objection(env)).toBe('a private address');
  }
  for (const on of ['on', 'true', '1', 'ON'])
    expect(objection({ ROLLCALL_ALLOW_PRIVATE_ADDRESSES: on })).toBeUndefined();
  const some = { ROLLCALL_ALLOW_ADDRESSES: ' intranet.example, 10.1.0.0/16 ,' };
  expect(objection(some)).toBeUndefined();
  expect(objection(some, '10.2.0.1')).toBe('a private address');
  expect(configOf(some).addressRules.allowsHost('intranet.example')).toBe(true);
});

test('a proxy is taken under either name, and its password is not told', () => {
  expect(configOf({ https_proxy: 'proxy.example:3128', NO_PROXY: 'a.example' })).toMatchObject({
    httpsProxy: 'http://proxy.example:3128',
    noProxy: 'a.example',
  });
  expect(() => configOf({ HTTPS_PROXY: 'socks5://ann:hidden@proxy.example' })).toThrow(/^(?!.*hidden).*http:\/\//);
});

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
])('%j is refused by name', (env, message) => {
  expect(() => configOf(env)).toThrow(message);
});

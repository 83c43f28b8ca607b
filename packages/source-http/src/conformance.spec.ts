import { sourceConformance, type SourceFixture } from '@rollcall/core/testing';
import { pullSource } from './pull/adapter';
import { pushSource } from './push';
import { type ApiAnswer, type ApiRequest, type ApiServer, startApiServer } from './testing/api-server';

const SECRETS = {
  token: 'bearer-7Q2x-4711',
  password: 'basic-8R3y-4712',
  headerValue: 'key-9S4z-4713',
  clientSecret: 'oauth-1T5a-4714',
};
const PER_PAGE = 3;

interface Item {
  id: string;
  changedAt: number;
  [field: string]: unknown;
}

const people: Item[] = Array.from({ length: 11 }, (_, n) => ({
  ...{ id: `p${n + 1}`, name: `Person Number ${n + 1}`, mail: `person${n + 1}@company.example` },
  ...{ team: `t${(n % 2) + 1}`, desk: n, changedAt: 0 },
}));
const teams: Item[] = Array.from({ length: 4 }, (_, n) => ({ id: `t${n + 1}`, title: `Team ${n + 1}`, changedAt: 0 }));

let api: ApiServer;
beforeAll(async () => {
  api = await startApiServer();
  api.answer = answer;
});
afterAll(() => api.close());

/** What shows that somebody may ask, in any of the ways that the adapter knows. */
const CREDENTIALS = [
  `Bearer ${SECRETS.token}`,
  `Bearer issued-token-1`,
  `Basic ${Buffer.from(`ann:${SECRETS.password}`).toString('base64')}`,
];

function answer({ url, headers, body }: ApiRequest): ApiAnswer {
  if (url.pathname === '/token') {
    const known = new URLSearchParams(body).get('client_secret') === SECRETS.clientSecret;
    return known ? { body: { access_token: 'issued-token-1' } } : { status: 401, body: { error: 'invalid_client' } };
  }
  const known = CREDENTIALS.includes(headers.authorization ?? '') || headers['x-api-key'] === SECRETS.headerValue;
  if (!known) return { status: 401 };
  const since = Number(url.searchParams.get('since') ?? -1);
  const all = (url.pathname === '/people' ? people : teams).filter(({ changedAt }) => changedAt > since);
  const start = (Number(url.searchParams.get('page')) - 1) * PER_PAGE;
  return { body: { items: all.slice(start, start + PER_PAGE), total: all.length } };
}

const fixture = (credentials: () => object): SourceFixture => ({
  options: () => ({
    ...credentials(),
    departments: {
      ...{ url: `${api.url}/teams`, records: 'items', fields: { uid: 'id', title: 'title' } },
      paging: { type: 'page', total: 'total' },
    },
    users: {
      ...{ url: `${api.url}/people`, records: 'items', customFields: { desk: 'desk' } },
      fields: { uid: 'id', nickname: 'name', email: 'mail', departments: 'team' },
      paging: { type: 'page', total: 'total' },
      ...{ sinceParameter: 'since', sinceFormat: 'unix-ms' },
    },
  }),
  holds: () => ({ user: people.map(({ id }) => id), department: teams.map(({ id }) => id) }),
  customFields: { user: ['desk'] },
  cursors: true,
  change: async () => {
    people[4]!.changedAt = Date.now();
    return { user: ['p5'] };
  },
});

describe('a source that pulls keeps the contract', () => {
  const kit = sourceConformance(
    pullSource,
    fixture(() => ({ authentication: 'bearer', token: SECRETS.token })),
  );
  for (const rule of kit) it(rule.title, rule.run, rule.timeoutMs);

  it('in all but what it has not', () => {
    expect(kit.leftOut.map(({ id }) => id)).toEqual(['event-strangers', 'event-forged', 'event-read']);
  });
});

describe.each<[string, () => object]>([
  ['a password', () => ({ authentication: 'basic', username: 'ann', password: SECRETS.password })],
  ['a key', () => ({ authentication: 'header', headerValue: SECRETS.headerValue })],
  [
    'client credentials',
    () => ({
      ...{ authentication: 'oauth2', tokenUrl: `${api.url}/token` },
      ...{ clientId: 'rollcall', clientSecret: SECRETS.clientSecret, clientAuthentication: 'body' },
    }),
  ],
])('with %s, too', (_, credentials) => {
  const { rules } = sourceConformance(pullSource, fixture(credentials));
  const concerned = ['wrong-credentials', 'check', 'check-wrong', 'no-secrets'];
  for (const rule of rules.filter(({ id }) => concerned.includes(id))) it(rule.title, rule.run, rule.timeoutMs);
});

describe('a push source keeps the contract', () => {
  const kit = sourceConformance(pushSource, { options: () => ({}), holds: () => ({}) });
  for (const rule of kit) it(rule.title, rule.run, rule.timeoutMs);

  it('of which only its form can be looked at: it reads nothing by itself', () => {
    expect(kit.rules.map(({ id }) => id)).toEqual(['shape', 'options', 'titles', 'secrets-marked', 'texts']);
  });
});

import { validateOptions } from '@rollcall/core/checks';
import { endpoint, options } from '../testing/api-server';
import { CONFIG_SCHEMA, type PullOptions } from './config';
import { namedLikeSecrets } from './shown-secrets';

const users = { url: 'https://hr.example/people', fields: { uid: 'id' } };

const problems = (given: object): string[] =>
  validateOptions(CONFIG_SCHEMA, { users, ...given }).map(({ pointer, message }) => `${pointer} ${message}`);

// They were stored, and shown to whoever may read sources.
describe('credentials are refused where they would be shown', () => {
  it.each(['Authorization', 'authorization', 'PROXY-AUTHORIZATION', 'Cookie'])('in the header %s', (name) => {
    expect(
      problems({
        headers: [
          { name: 'X-Tenant', value: 't1' },
          { name, value: 'Bearer abc' },
        ],
      }),
    ).toEqual([
      expect.stringMatching(
        /^\/options\/headers\/1\/name is not allowed: .*choose "header" as the authentication for them/,
      ),
    ]);
  });

  it.each([
    'https://ann:pass@hr.example/people',
    'https://ann@hr.example/people',
    'https:\\\\ann:pass@hr.example/people',
    'https://hr.example/people?access_token=abc',
    'https://hr.example/people?a=1&Access_Token=abc',
    'https://hr.example/people?password=abc',
  ])('in the address %s', (url) => {
    const refused = /is not allowed: .*these belong into the authentication, where they are encrypted\.$/;
    for (const name of ['users', 'departments']) {
      const found = problems({ [name]: { ...users, url } });
      expect(found).toContainEqual(expect.stringMatching(refused));
      for (const problem of found) expect(problem).toContain(`/options/${name}/url `);
    }
    expect(problems({ tokenUrl: url })).toContainEqual(
      expect.stringMatching(/^\/options\/tokenUrl is not allowed: .*the client secret has a field of its own\.$/),
    );
  });

  it('in the form for a token', () => {
    expect(problems({ tokenParameters: { audience: 'x', client_secret: 'abc' } })).toEqual([
      expect.stringMatching(/^\/options\/tokenParameters\/client_secret is not allowed: /),
    ]);
  });

  it.each([
    { headers: [{ name: 'X-Authorization-Realm', value: 'staff' }] },
    { headers: [{ name: 'X-Api-Key', value: 'abc' }] },
    { users: { ...users, url: 'https://hr.example/@people?mail=ann@hr.example&my_password=no' } },
    { users: { ...users, url: 'http://[::1]:8080/people' } },
    { authentication: 'header', headerName: 'Authorization', headerValue: 'Token abc' },
  ])('and only there: %j', (given) => {
    expect(problems(given)).toEqual([]);
  });
});

describe('what only may be a secret is named by a check', () => {
  it.each<[Partial<PullOptions>, string[]]>([
    [{ headers: [{ name: 'X-Api-Key', value: 'a' }] }, ['X-Api-Key']],
    [{ headers: [{ name: 'Ocp-Apim-Subscription-Key', value: 'a' }] }, ['Ocp-Apim-Subscription-Key']],
    [{ users: endpoint({ url: 'https://hr.example/?apikey=a&expand=teams&token=b' }) }, ['apikey', 'token']],
    [{ tokenUrl: 'https://login.example/?secret=a', tokenParameters: { audience: 'x' } }, ['secret']],
    [{ headers: [{ name: 'X-Tenant', value: 'a' }], users: endpoint({ url: 'https://hr.example/?sort=name' }) }, []],
  ])('%j: %j', (given, names) => {
    expect(namedLikeSecrets(options(given))).toEqual(names);
  });
});

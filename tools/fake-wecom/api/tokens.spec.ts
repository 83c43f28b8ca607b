import { Client, startFake, stopFakes } from '../test-support/client.ts';

afterEach(stopFakes);

async function start(settings = {}) {
  const fake = await startFake({ people: 5, departments: 2, settings });
  const { corpId: corpid, agentSecret: corpsecret } = fake.corp;
  return { fake, client: new Client(fake), corpid, corpsecret };
}

describe('gettoken', () => {
  it('gives one token for each secret, and the same one while it is valid', async () => {
    const { fake, client, corpid, corpsecret } = await start();
    const first = await client.plain('gettoken', { corpid, corpsecret });
    expect(first).toMatchObject({ errcode: 0, errmsg: 'ok', expires_in: 7_200 });
    fake.clock.advance(1_000_000);
    const second = await client.plain('gettoken', { corpid, corpsecret });
    expect(second.access_token).toBe(first.access_token);
    expect(second.expires_in).toBeLessThanOrEqual(6_200);
    expect(await client.token('contacts')).not.toBe(first.access_token);
  });

  it('gives another one each time when that is wanted, and the old one stays valid', async () => {
    const { client, corpid, corpsecret } = await start({ tokenReuse: false });
    const first = await client.plain('gettoken', { corpid, corpsecret });
    const second = await client.plain('gettoken', { corpid, corpsecret });
    expect(second.access_token).not.toBe(first.access_token);
    expect((await client.plain('department/list', { access_token: first.access_token })).errcode).toBe(0);
  });

  it.each([
    ['nothing', {}, 41004],
    ['only a corp', { corpid: 'x' }, 41004],
    ['only a secret', { corpsecret: 'x' }, 41002],
    ['an unknown corp', { corpid: 'ww0', corpsecret: 'x' }, 40013],
  ])('refuses %s', async (_what, query, errcode) => {
    const { client } = await start();
    expect((await client.plain('gettoken', query)).errcode).toBe(errcode);
  });

  it('refuses a wrong secret, and after too many of them the address, for an hour', async () => {
    const { fake, client, corpid, corpsecret } = await start({ limits: { wrongSecretsPerHour: 3 } });
    const ask = async (secret: string) => (await client.plain('gettoken', { corpid, corpsecret: secret })).errcode;
    expect([await ask('wrong'), await ask('wrong'), await ask('wrong')]).toEqual([40001, 40001, 40001]);
    expect(await ask(corpsecret)).toBe(45009);
    fake.clock.advance(3_600_000);
    expect(await ask(corpsecret)).toBe(0);
  });
});

describe('a token', () => {
  it('is taken from the query and from nowhere else', async () => {
    const { fake, client } = await start();
    const token = await client.token('app');
    const headers = { Authorization: `Bearer ${token}` };
    const body = JSON.stringify({ access_token: token });
    const answer = await fetch(`${fake.url}/cgi-bin/user/list_id`, { method: 'POST', headers, body });
    expect(await answer.json()).toMatchObject({ errcode: 41001, dept_user: [] });
  });

  it('ends after two hours, at once when it is expired, and is unknown when it is revoked', async () => {
    const { fake, client } = await start();
    const errcode = async () => (await client.app('department/list')).errcode;
    expect(await errcode()).toBe(0);
    fake.clock.advance(7_200_000);
    expect(await errcode()).toBe(42001);
    client.forgetTokens();
    expect(await errcode()).toBe(0);
    fake.tokens.expire('contacts');
    expect(await errcode()).toBe(0);
    fake.tokens.expire();
    expect(await errcode()).toBe(42001);
    client.forgetTokens();
    await client.token('app');
    fake.tokens.revoke('app');
    expect(await errcode()).toBe(40014);
  });

  it('is void when its secret is reset', async () => {
    const { fake, client, corpid, corpsecret } = await start();
    await client.token('app');
    const secret = fake.tokens.resetSecret('app');
    expect((await client.app('department/list')).errcode).toBe(40014);
    expect((await client.plain('gettoken', { corpid, corpsecret })).errcode).toBe(40001);
    expect((await client.plain('gettoken', { corpid, corpsecret: secret })).errcode).toBe(0);
  });
});

it('the same seed gives the same ids and secrets', async () => {
  const [one, two, other] = await Promise.all([startFake(), startFake(), startFake({ seed: 2 })]);
  expect(one.corp).toEqual(two.corp);
  expect(one.corp.agentSecret).not.toBe(other.corp.agentSecret);
  expect(one.corp.corpId).toMatch(/^ww[0-9a-f]{16}$/);
  expect([one.corp.agentSecret, one.corp.contactsSecret, one.corp.encodingAesKey].map((text) => text.length)).toEqual([
    43, 43, 43,
  ]);
});

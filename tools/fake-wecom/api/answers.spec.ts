import { Client, startFake, stopFakes } from '../test-support/client.ts';

afterEach(stopFakes);

describe('an error', () => {
  it('has status 200, the code in headers too, a hint, the address, and the lists of the endpoint, empty', async () => {
    const fake = await startFake({ settings: { callerIp: '203.0.113.7' } });
    const response = await new Client(fake).raw('department/simplelist', { access_token: 'x' });
    const answer = (await response.json()) as { errmsg: string };
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=UTF-8');
    expect(response.headers.get('error-code')).toBe('40014');
    expect(response.headers.get('error-msg')).toBe(answer.errmsg);
    expect(answer).toMatchObject({ errcode: 40014, department_id: [] });
    expect(answer.errmsg).toMatch(
      /^invalid access_token, hint: \[\d{25}\], from ip: 203\.0\.113\.7, more info at https:\/\/\S+\?e=40014$/,
    );
  });

  it.each([
    ['department/list', ['department']],
    ['department/get', []],
    ['user/simplelist', ['userlist']],
    ['user/list', ['userlist']],
    ['user/get', []],
    ['user/list_id', ['dept_user']],
    ['tag/get', ['userlist', 'partylist']],
  ])('of %s has the lists %j', async (path, lists) => {
    const { errcode, errmsg, ...rest } = await new Client(await startFake()).plain(path);
    expect(errcode).toBe(41001);
    expect(errmsg).toContain('access_token missing');
    expect(rest).toEqual(Object.fromEntries(lists.map((name) => [name, []])));
  });
});

describe('the server', () => {
  it('answers an unknown path with a page and status 404', async () => {
    const response = await new Client(await startFake()).raw('user/nothing');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('404 Not Found');
  });

  it('takes both methods unless it is strict', async () => {
    const fake = await startFake();
    const client = new Client(fake);
    expect((await client.contacts('user/list_id')).errcode).toBe(0);
    expect((await client.post('app', 'department/list', {})).errcode).toBe(0);
    fake.configure({ strictMethods: true });
    expect((await client.contacts('user/list_id')).errcode).toBe(43002);
    expect((await client.post('app', 'department/list', {})).errcode).toBe(43001);
  });

  it('warns of JSON that it cannot read', async () => {
    const fake = await startFake();
    const client = new Client(fake);
    const response = await client.raw('user/list_id', { access_token: await client.token('contacts') }, '{"limit":');
    expect(((await response.json()) as { errmsg: string }).errmsg).toContain('Warning: wrong json format.');
  });

  it('does not keep the order of keys', async () => {
    const client = new Client(await startFake());
    const texts = [];
    for (let n = 0; n < 2; n++) texts.push(await (await client.raw('department/list')).text());
    expect(texts.filter((text) => text.startsWith('{"errcode"'))).toHaveLength(1);
  });
});

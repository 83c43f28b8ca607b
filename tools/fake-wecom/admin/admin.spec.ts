import { Client, admin, startFake, stopFakes } from '../test-support/client.ts';
import { startReceiver } from '../test-support/receiver.ts';

afterEach(stopFakes);

describe('the admin API', () => {
  it('lists its routes and hands out the secrets', async () => {
    const fake = await startFake();
    const { body } = await admin(fake, 'GET', '');
    expect(body).toContainEqual({ method: 'GET', path: '/admin/corp', what: expect.any(String) });
    expect((await admin(fake, 'GET', '/corp')).body).toEqual(fake.corp);
    expect((await admin(fake, 'GET', '/notable')).body).toEqual(fake.notable);
  });

  it('switches settings, group by group, and refuses what there is not', async () => {
    const fake = await startFake();
    const { body } = await admin(fake, 'PATCH', '/settings', { ipIsNew: false, limits: { perMinute: 5 } });
    expect(body).toMatchObject({ ipIsNew: false, limits: { perMinute: 5, perHour: 150_000 } });
    for (const [patch, error] of [
      [{ ipIsOld: true }, 'There is no setting "ipIsOld".'],
      [{ limits: { perMinute: 'many' } }, '"limits.perMinute" is a number.'],
      [{ callbacks: { form: 'wide' } }, '"callbacks.form" is one of short, long.'],
      [{ visibleRange: { departments: 1 } }, '"visibleRange.departments" has another type.'],
    ] as const) {
      expect(await admin(fake, 'PATCH', '/settings', patch)).toMatchObject({ status: 400, body: { error } });
    }
    expect(fake.settings.values.limits.perMinute).toBe(5);
    expect((await admin(fake, 'DELETE', '/settings')).body).toMatchObject({ ipIsNew: true });
  });

  it('tells the truth, all of it or what a secret sees', async () => {
    const fake = await startFake({ settings: { visibleRange: { departments: [4] } } });
    const { body } = await admin(fake, 'GET', '/truth');
    expect([body.departments.length, body.members.length]).toEqual([8, 50]);
    expect(body.members[0].mobile).toMatch(/^1\d{10}$/);
    const seen = (await admin(fake, 'GET', '/truth?as=app')).body;
    expect(seen.departments.map(({ id }: { id: number }) => id)).toEqual([4, 5]);
    expect(seen.members[0]).not.toHaveProperty('mobile');
    expect((await admin(fake, 'GET', '/truth?as=nobody')).status).toBe(400);
  });

  it('changes people', async () => {
    const fake = await startFake();
    const { body } = await admin(fake, 'POST', '/members', { userid: 'a@b', name: 'A', department: [4] });
    expect(body).toMatchObject({ userid: 'a@b', status: 4 });
    const path = `/members/${encodeURIComponent('a@b')}`;
    await admin(fake, 'PATCH', path, { department: [6], name: 'B', status: 2, new_userid: 'c' });
    expect((await admin(fake, 'GET', '/members/C')).body).toMatchObject({
      userid: 'c',
      department: [6],
      name: 'B',
      status: 2,
    });
    await admin(fake, 'DELETE', '/members/c');
    expect(await admin(fake, 'DELETE', '/members/c')).toMatchObject({ status: 400, body: { errcode: 60111 } });
    expect((await admin(fake, 'GET', '/members/c')).status).toBe(400);
  });

  it('changes departments and tags', async () => {
    const fake = await startFake();
    const { id } = (await admin(fake, 'POST', '/departments', { name: 'X', parentid: 4 })).body;
    expect((await admin(fake, 'PATCH', `/departments/${id}`, { parentid: 6, name: 'Y' })).body).toMatchObject({
      parentid: 6,
    });
    expect(fake.company.department(id)!.name).toBe('Y');
    await admin(fake, 'DELETE', `/departments/${id}`);
    expect(fake.company.department(id)).toBeUndefined();
    await admin(fake, 'PUT', '/tags/9', { tagname: 'T', userlist: ['00123'] });
    expect(fake.truth().tags.at(-1)).toEqual({ tagid: 9, tagname: 'T', userlist: ['00123'], partylist: [] });
    await admin(fake, 'DELETE', '/tags/9');
    expect(fake.truth().tags).toHaveLength(2);
  });

  it('plans faults, ends tokens, moves the clock, and counts', async () => {
    const fake = await startFake({ settings: { limits: { perMinute: 3 } } });
    const client = new Client(fake);
    const errcode = async () => (await client.app('department/simplelist')).errcode;
    await client.token('app');
    await admin(fake, 'DELETE', '/counters');
    const { body } = await admin(fake, 'POST', '/faults', { kind: 'errcode', errcode: -1, endpoint: '*', times: null });
    expect(await errcode()).toBe(-1);
    expect((await admin(fake, 'GET', '/faults')).body).toMatchObject([{ id: body.id, hits: 1 }]);
    await admin(fake, 'DELETE', `/faults/${body.id}`);
    expect(await errcode()).toBe(0);
    await admin(fake, 'POST', '/tokens/expire', { secret: 'app' });
    expect(await errcode()).toBe(42001);
    await admin(fake, 'POST', '/tokens/revoke');
    expect(await errcode()).toBe(40014);
    expect(await errcode()).toBe(45009);
    await admin(fake, 'POST', '/clock/advance', { seconds: 60 });
    expect(await errcode()).toBe(40014);
    expect((await admin(fake, 'GET', '/counters')).body).toMatchObject({
      total: 6,
      calls: { 'department/simplelist': 6 },
      errors: { 'department/simplelist': { '-1': 1, 40014: 2, 42001: 1, 45009: 1 } },
      highestParallel: 1,
      busiestMinute: expect.any(Number),
    });
    const { secret } = (await admin(fake, 'POST', '/secrets/reset', { secret: 'app' })).body;
    expect(fake.corp.agentSecret).toBe(secret);
  });

  it('sets callbacks, holds and releases them, and shows what was delivered', async () => {
    const fake = await startFake();
    const receiver = await startReceiver(fake.corp);
    await admin(fake, 'PUT', '/callbacks/contacts', { url: receiver.url });
    expect((await admin(fake, 'GET', '/callbacks')).body).toEqual({ contacts: receiver.url });
    await admin(fake, 'PATCH', '/settings', { callbacks: { hold: true } });
    const changes = (await admin(fake, 'POST', '/changes', { count: 3, kinds: ['delete'] })).body;
    expect(changes).toHaveLength(3);
    expect((await admin(fake, 'POST', '/callbacks/release', { shuffle: true })).body).toEqual({ callbacks: 3 });
    await admin(fake, 'POST', '/callbacks/idle');
    await admin(fake, 'PATCH', '/settings', { callbacks: { hold: false } });
    expect((await admin(fake, 'POST', '/burst', { changes: 4, kinds: ['move'] })).body.changes).toHaveLength(4);
    await admin(fake, 'POST', '/callbacks/idle');
    const deliveries = (await admin(fake, 'GET', '/deliveries')).body as { state: string }[];
    expect(deliveries.every(({ state }) => state === 'delivered')).toBe(true);
    expect(deliveries).toHaveLength(receiver.messages.length);
    await admin(fake, 'DELETE', '/deliveries');
    expect((await admin(fake, 'GET', '/deliveries')).body).toEqual([]);
    await admin(fake, 'DELETE', '/callbacks/contacts');
    expect((await admin(fake, 'GET', '/callbacks')).body).toEqual({});
    await receiver.close();
    const refused = await admin(fake, 'PUT', '/callbacks/contacts', { url: receiver.url });
    expect(refused).toMatchObject({ status: 400, body: { errcode: 40057 } });
  });

  it('says what it does not know', async () => {
    const fake = await startFake();
    expect((await admin(fake, 'GET', '/nothing')).status).toBe(404);
    expect((await admin(fake, 'PUT', '/settings')).status).toBe(405);
    const response = await fetch(`${fake.url}/admin/settings`, { method: 'PATCH', body: '{' });
    expect(response.status).toBe(400);
  });
});

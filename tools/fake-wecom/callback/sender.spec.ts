import { Client, startFake, stopFakes } from '../test-support/client.ts';
import { type Receiver, startReceiver } from '../test-support/receiver.ts';
import type { FakeWecom, SettingsPatch } from '../server.mjs';

const company = {
  departments: [
    { id: 1, name: 'Root', parentid: 0 },
    { id: 2, name: 'Sales', parentid: 1 },
    { id: 3, name: 'East', parentid: 2 },
  ],
  members: [
    { userid: 'ann', name: 'Ann', department: [2] },
    { userid: 'bo', name: 'Bo', department: [3] },
  ],
};
const open: Receiver[] = [];

/** A fake, and a receiver that it calls; however busy the machine is, it waits for the answer. */
async function start(callbacks: SettingsPatch['callbacks'] = {}) {
  const patient = { verifyTimeoutMs: 20_000, timeoutMs: 20_000, retryDelayMs: 5 };
  const fake = await startFake({ company, settings: { callbacks: { ...patient, ...callbacks } } });
  const receiver = await startReceiver(fake.corp);
  open.push(receiver);
  return { fake, receiver };
}

async function connected(callbacks: SettingsPatch['callbacks'] = {}) {
  const { fake, receiver } = await start({ parallel: 1, ...callbacks });
  await fake.setCallback('contacts', { url: receiver.url });
  return { fake, receiver };
}

const typesOf = (receiver: Receiver) => receiver.values('ChangeType');
const move = (fake: FakeWecom, count: number) => {
  for (let n = 0; n < count; n++) fake.administration.moveMember('ann', [n % 2 === 0 ? 3 : 2]);
};

afterEach(async () => {
  await stopFakes();
  await Promise.all(open.splice(0).map((receiver) => receiver.close()));
});

describe('setting a callback address', () => {
  it('has a text with + and / decrypted, url-encoded', async () => {
    const { fake, receiver } = await start();
    await fake.setCallback('contacts', { url: receiver.url });
    expect(receiver.requests[0]!.url).toMatch(/echostr=[^+/]*(%2B|%2F)/);
    expect(receiver.requests[0]!.url).toContain('%2B');
    expect(fake.callbacks.targets()).toEqual({ contacts: receiver.url });
  });

  it('may have the + as it is, which careful receivers understand all the same', async () => {
    const { fake, receiver } = await start({ rawPlus: true });
    await fake.setCallback('contacts', { url: receiver.url });
    expect(receiver.requests[0]!.url).toMatch(/echostr=[^&]*\+/);
  });

  it.each([
    ['quotes', (text: string) => JSON.stringify(text)],
    ['a newline', (text: string) => `${text}\n`],
    ['something else', () => 'success'],
  ])('refuses an answer with %s', async (_what, echo) => {
    const { fake, receiver } = await start();
    receiver.echo = echo;
    await expect(fake.setCallback('contacts', { url: receiver.url })).rejects.toMatchObject({ errcode: 40057 });
    expect(fake.callbacks.targets()).toEqual({});
  });

  it('refuses one that nobody answers at, and one beyond this machine', async () => {
    const { fake, receiver } = await start();
    await receiver.close();
    open.pop();
    await expect(fake.setCallback('contacts', { url: receiver.url })).rejects.toMatchObject({ errcode: 40057 });
    await expect(fake.setCallback('contacts', { url: 'http://192.0.2.1/' })).rejects.toThrow('only on this machine');
  });
});

describe('a change in the company', () => {
  it('comes encrypted and signed, with ids only', async () => {
    const { fake, receiver } = await connected();
    fake.administration.moveMember('ann', [3]);
    fake.administration.changeUserid('ann', 'ann2');
    fake.administration.renameMember('ann2', 'Anna');
    fake.administration.addMember({ userid: 'cy', name: 'Cy', department: [2, 3] });
    fake.administration.deleteMember('bo');
    fake.administration.moveDepartment(3, 1);
    await fake.callbacks.idle();
    expect(typesOf(receiver)).toEqual([
      'update_user',
      'update_user',
      'update_user',
      'update_user',
      'create_user',
      'delete_user',
      'update_party',
    ]);
    expect(receiver.values('NewUserID')).toEqual(['ann2']);
    expect(receiver.values('Name')).toEqual([]);
    expect(receiver.requests[1]!.body).toContain('<AgentID><![CDATA[]]></AgentID>');
    expect(fake.callbacks.deliveries().map(({ message }) => message)).toEqual(receiver.messages);
  });

  it('is not called back to the program that made it', async () => {
    const { fake, receiver } = await connected();
    const client = new Client(fake);
    expect((await client.post('contacts', 'user/update', { userid: 'ann', department: [3] })).errcode).toBe(0);
    expect((await client.contacts('user/delete', { userid: 'bo' })).errcode).toBe(0);
    fake.administration.deleteMember('ann');
    await fake.callbacks.idle();
    expect(typesOf(receiver)).toEqual(['delete_user']);
  });

  it.each([
    ['zero', '<AgentID><![CDATA[0]]></AgentID>'],
    ['missing', undefined],
  ] as const)('has an agent id that is %s when that is wanted', async (agentId, element) => {
    const { fake, receiver } = await connected({ agentId });
    fake.administration.deleteMember('ann');
    await fake.callbacks.idle();
    expect(/<AgentID>.*<\/AgentID>/.exec(receiver.requests[1]!.body)?.[0]).toBe(element);
  });

  it('comes as JSON when the envelope is of the newer kind', async () => {
    const { fake, receiver } = await connected({ body: 'json' });
    fake.administration.deleteMember('ann');
    await fake.callbacks.idle();
    expect(JSON.parse(receiver.requests[1]!.body)).toMatchObject({ tousername: fake.corp.corpId, agentid: '' });
    expect(receiver.values('UserID')).toEqual(['ann']);
  });
});

describe('delivery', () => {
  it('is tried four times in all, the same bytes each time, until the answer is 200', async () => {
    const { fake, receiver } = await connected();
    receiver.answers = [500, 302, 204];
    fake.administration.deleteMember('ann');
    await fake.callbacks.idle();
    const [delivery] = fake.callbacks.deliveries();
    expect(delivery).toMatchObject({
      state: 'delivered',
      attempts: [{ status: 500 }, { status: 302 }, { status: 204 }, { status: 200 }],
    });
    expect(new Set(receiver.requests.slice(1).map((request) => JSON.stringify(request))).size).toBe(1);
  });

  it('gives up after that, and nobody hears of it again', async () => {
    const { fake, receiver } = await connected({ resign: true });
    receiver.answers = [500, 500, 500, 500];
    fake.administration.deleteMember('ann');
    await fake.callbacks.idle();
    expect(fake.callbacks.deliveries()[0]!.state).toBe('failed');
    expect(new Set(receiver.requests.slice(1).map(({ body }) => body)).size).toBe(4);
    fake.administration.deleteMember('bo');
    await fake.callbacks.idle();
    expect(receiver.values('UserID').at(-1)).toBe('bo');
  });

  it('does not wait for an answer longer than it may', async () => {
    const { fake, receiver } = await connected({ timeoutMs: 100, retries: 0 });
    receiver.answers = ['hang'];
    fake.administration.deleteMember('ann');
    await fake.callbacks.idle();
    expect(fake.callbacks.deliveries()[0]!.attempts).toEqual([{ error: 'no answer within 100 ms' }]);
  });
});

describe('callbacks go wrong by order', () => {
  it('twice', async () => {
    const { fake, receiver } = await connected({ duplicate: 1 });
    fake.administration.deleteMember('ann');
    await fake.callbacks.idle();
    expect(typesOf(receiver)).toEqual(['delete_user', 'delete_user']);
    const [first, second] = fake.callbacks.deliveries();
    expect(second!.duplicateOf).toBe(first!.id);
  });

  it('never', async () => {
    const { fake, receiver } = await connected({ drop: 1 });
    fake.administration.deleteMember('ann');
    await fake.callbacks.idle();
    expect(receiver.messages).toEqual([]);
    expect(fake.callbacks.deliveries()[0]!.state).toBe('dropped');
  });

  it('in another order', async () => {
    const { fake, receiver } = await connected({ reorder: 20, reorderMs: 50 });
    move(fake, 20);
    await fake.callbacks.idle();
    const sent = fake.callbacks.deliveries().map(({ message }) => message);
    expect(receiver.messages).not.toEqual(sent);
    expect([...receiver.messages].sort()).toEqual([...sent].sort());
  });

  it('late and all at once, shuffled and doubled', async () => {
    const { fake, receiver } = await connected({ hold: true, parallel: 4 });
    move(fake, 20);
    await fake.callbacks.idle();
    expect(receiver.messages).toEqual([]);
    expect(fake.callbacks.release({ shuffle: true, duplicate: 1 })).toBe(40);
    await fake.callbacks.idle();
    expect(receiver.messages).toHaveLength(40);
  });

  it('in a storm of random changes', async () => {
    const { fake, receiver } = await connected({ parallel: 8 });
    const { changes, callbacks } = fake.burst({ changes: 200, shuffle: true, duplicate: 0.2 });
    await fake.callbacks.idle();
    expect(changes).toHaveLength(200);
    expect(callbacks).toBeGreaterThan(50);
    expect(receiver.messages).toHaveLength(callbacks);
    expect(fake.settings.values.callbacks.hold).toBe(false);
  });
});

describe('the callback of the app', () => {
  it('tells who enters its visible range and who leaves it, and nothing of contacts', async () => {
    const { fake, receiver } = await start({ parallel: 1 });
    await fake.setCallback('app', { url: receiver.url });
    fake.administration.moveMember('ann', [3]);
    fake.configure({ visibleRange: { departments: [3] } });
    fake.administration.moveMember('ann', [1]);
    fake.administration.addMember({ userid: 'cy', name: 'Cy', department: [3] });
    fake.administration.deleteMember('bo');
    fake.administration.changeUserid('cy', 'cy2');
    fake.administration.putTag({ tagid: 1, partylist: [3] });
    fake.configure({ visibleRange: { departments: [], tags: [1] } });
    fake.administration.putTag({ tagid: 1, partylist: [] });
    await fake.callbacks.idle();
    const heard = receiver.messages.map(
      (_, n) => `${receiver.values('Event')[n]} ${receiver.values('FromUserName')[n]}`,
    );
    expect(heard).toEqual([
      'unsubscribe ann',
      'subscribe cy',
      'unsubscribe bo',
      'unsubscribe cy',
      'subscribe cy2',
      'unsubscribe cy2',
    ]);
    expect(receiver.values('AgentID')).toEqual(Array(6).fill(String(fake.corp.agentId)));
  });
});

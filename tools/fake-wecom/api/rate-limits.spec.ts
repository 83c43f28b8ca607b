import { setImmediate } from 'node:timers/promises';
import { Client, startFake, stopFakes } from '../test-support/client.ts';

afterEach(stopFakes);

const repeated = async (times: number, ask: () => Promise<{ errcode?: number }>) => {
  const errcodes = [];
  for (let n = 0; n < times; n++) errcodes.push((await ask()).errcode);
  return errcodes;
};

describe('call frequency', () => {
  it.each([
    ['perMinute', 60_000],
    ['perHour', 3_600_000],
    ['ipPerMinute', 60_000],
    ['ipPerHour', 3_600_000],
  ])('over %s is answered with 45009 until the block is over', async (limit, blockedMs) => {
    const fake = await startFake({ settings: { limits: { [limit]: 3 } } });
    const client = new Client(fake);
    const ask = () => client.app('department/simplelist');
    expect(await repeated(5, ask)).toEqual([0, 0, 0, 45009, 45009]);
    expect((await client.app('department/list')).errcode).toBe(0);
    fake.clock.advance(blockedMs - 5_000);
    expect(await repeated(1, ask)).toEqual([45009]);
    fake.clock.advance(5_000);
    expect(await repeated(4, ask)).toEqual([0, 0, 0, 45009]);
  });

  it('is counted in windows: the next one begins at zero', async () => {
    const fake = await startFake({ settings: { limits: { perMinute: 3, minuteMs: 6_000 } } });
    const client = new Client(fake);
    const ask = () => client.app('department/simplelist');
    expect(await repeated(3, ask)).toEqual([0, 0, 0]);
    fake.clock.advance(6_000);
    expect(await repeated(3, ask)).toEqual([0, 0, 0]);
  });

  it('with debug=1 is five a minute', async () => {
    const client = new Client(await startFake());
    const ask = () => client.app('department/simplelist', { debug: 1 });
    expect(await repeated(6, ask)).toEqual([0, 0, 0, 0, 0, 45009]);
    expect((await client.app('department/simplelist')).errcode).toBe(0);
  });

  it('can be forgotten', async () => {
    const fake = await startFake({ settings: { limits: { perMinute: 1 } } });
    const client = new Client(fake);
    const ask = () => client.app('department/simplelist');
    expect(await repeated(2, ask)).toEqual([0, 45009]);
    fake.limits.clear();
    expect(await repeated(1, ask)).toEqual([0]);
  });
});

it('too many parallel calls of one API are answered with 45033, of several APIs they are not', async () => {
  const fake = await startFake({ settings: { limits: { parallel: 2 } } });
  const client = new Client(fake);
  await client.token('app');
  fake.faults.add({ kind: 'hang', endpoint: 'department/simplelist', times: 2 });
  const stopped = new AbortController();
  const url = `${fake.url}/cgi-bin/department/simplelist?access_token=${await client.token('app')}`;
  const hanging = [1, 2].map(() =>
    fetch(url, { signal: stopped.signal }).catch((error: unknown) => (error as Error).name),
  );
  while (fake.counters.read().calls['department/simplelist'] !== 2) await setImmediate();
  expect((await client.app('department/simplelist')).errcode).toBe(45033);
  expect((await client.app('department/list')).errcode).toBe(0);
  stopped.abort();
  expect(await Promise.all(hanging)).toEqual(['AbortError', 'AbortError']);
  let errcode = 45033;
  while (errcode === 45033) errcode = (await client.app('department/simplelist')).errcode;
  expect(errcode).toBe(0);
  expect(fake.counters.read()).toMatchObject({
    highestParallel: 3,
    parallelByEndpoint: { 'department/simplelist': 3, 'department/list': 1 },
  });
});

it('who looks up phone numbers that nobody has is blocked for a day', async () => {
  const fake = await startFake({ people: 10 });
  const client = new Client(fake);
  const ask = () => client.post('contacts', 'user/getuserid', { mobile: '1' });
  expect(await repeated(4, ask)).toEqual([46004, 46004, 46004, 45009]);
  fake.clock.advance(86_400_000);
  client.forgetTokens();
  expect(await repeated(1, ask)).toEqual([46004]);
});

import { createHash } from 'node:crypto';
import { type Answer, Client, startFake, stopFakes } from '../test-support/client.ts';
import { load } from '../test-support/load.ts';
import { startReceiver } from '../test-support/receiver.ts';
import type { SettingsPatch } from '../server.mjs';

const encoding_aeskey = 'IJUiXNpvGbODwKEBSEsAeOAPAhkqHqNCF6g19t9wfg2';

afterEach(stopFakes);

/** Jobs that end only when the clock is moved. */
async function start(settings: SettingsPatch = {}) {
  const exports = { waitingMs: 100_000, processingMs: 200_000, ...settings.exports };
  const fake = await startFake({ people: 40, departments: 8, settings: { ...settings, exports } });
  const client = new Client(fake);
  const begin = async (path: string, body = {}) => {
    const { errcode, jobid } = await client.post('app', path, { encoding_aeskey, ...body });
    if (errcode !== 0) throw new Error(String(errcode));
    return jobid as string;
  };
  const finished = async (path: string, body = {}) => {
    const jobid = await begin(path, body);
    fake.clock.advance(300_000);
    return (await client.app('export/get_result', { jobid })).data_list as Answer[];
  };
  return { fake, client, begin, finished };
}

async function opened(file: Answer) {
  const { decipher } = await load('callback/crypto.mjs');
  const bytes = Buffer.from(await (await fetch(file.url)).arrayBuffer());
  expect(bytes.length).toBe(file.size);
  expect(createHash('md5').update(bytes).digest('hex')).toBe(file.md5);
  return JSON.parse(decipher(encoding_aeskey, bytes).toString()) as Answer;
}

describe('an export', () => {
  it('waits, runs, and is done', async () => {
    const { fake, client, begin } = await start();
    const jobid = await begin('export/user');
    expect(jobid.length).toBeLessThanOrEqual(64);
    const status = async () => (await client.app('export/get_result', { jobid })).status;
    expect(await status()).toBe(0);
    fake.clock.advance(100_000);
    expect(await status()).toBe(1);
    fake.clock.advance(200_000);
    expect(await status()).toBe(2);
  });

  it('may fail', async () => {
    const { fake, client, begin } = await start({ exports: { fail: true } });
    const jobid = await begin('export/user');
    fake.clock.advance(300_000);
    expect(await client.app('export/get_result', { jobid })).toEqual({ errcode: 0, errmsg: 'ok', status: 3 });
  });

  it('holds what the reads would answer', async () => {
    const { fake, client, finished } = await start();
    const [members] = await finished('export/user');
    expect(await opened(members!)).toEqual({ userlist: fake.truth('app').members });
    const [departments] = await finished('export/department');
    expect((await opened(departments!)).department).toEqual((await client.app('department/list')).department);
    const [brief] = await finished('export/simple_user');
    expect((await opened(brief!)).userlist[0]).toEqual({
      userid: '00123',
      name: '零一二三',
      department: [1],
      open_userid: '',
    });
    const [tag] = await finished('export/taguser', { tagid: 1 });
    const { tagname, userlist } = await client.app('tag/get', { tagid: 1 });
    expect(await opened(tag!)).toEqual({ tagname, userlist, partylist: [] });
  });

  it('is cut into files', async () => {
    const { fake, finished } = await start({ pages: { exportBlock: 15 } });
    const files = await finished('export/user');
    const lists = await Promise.all(files.map(async (file) => (await opened(file)).userlist));
    expect(lists.map((list) => list.length)).toEqual([15, 15, 10]);
    expect(lists.flat()).toEqual(fake.truth('app').members);
  });

  it('can be read in parts, for two hours', async () => {
    const { fake, finished } = await start();
    const [file] = await finished('export/user');
    const whole = Buffer.from(await (await fetch(file!.url)).arrayBuffer());
    const part = async (Range: string) => fetch(file!.url, { headers: { Range } });
    const middle = await part('bytes=10-19');
    expect([middle.status, middle.headers.get('content-range')]).toEqual([206, `bytes 10-19/${whole.length}`]);
    expect(Buffer.from(await middle.arrayBuffer())).toEqual(whole.subarray(10, 20));
    expect(Buffer.from(await (await part('bytes=-5')).arrayBuffer())).toEqual(whole.subarray(-5));
    expect((await part(`bytes=${whole.length}-`)).status).toBe(416);
    fake.clock.advance(7_200_000);
    expect((await fetch(file!.url)).status).toBe(404);
  });

  it('is nothing to the other secret', async () => {
    const { client, begin } = await start({ ipIsNew: false });
    const jobid = await begin('export/user');
    expect((await client.contacts('export/get_result', { jobid })).errcode).toBe(40088);
    expect((await client.app('export/get_result', { jobid: 'x' })).errcode).toBe(40088);
  });

  it.each([
    { encoding_aeskey: 'short' },
    { encoding_aeskey, block_size: 9_999 },
    { encoding_aeskey, block_size: 2_000_000 },
  ])('refuses %j', async (body) => {
    const { client } = await start();
    expect((await client.post('app', 'export/user', body)).errcode).toBe(40058);
  });

  it('tells the one who asked when it is over', async () => {
    const { fake, begin } = await start({ ipIsNew: false });
    const receiver = await startReceiver(fake.corp);
    await fake.setCallback('app', { url: receiver.url });
    const jobid = await begin('export/simple_user');
    fake.clock.advance(300_000);
    await fake.callbacks.idle();
    await receiver.close();
    expect(receiver.values('Event')).toEqual(['batch_job_result']);
    expect(receiver.values('JobId')).toEqual([jobid]);
    expect(receiver.values('JobType')).toEqual(['export_simple_user']);
    expect(receiver.values('ErrCode')).toEqual(['0']);
    expect(receiver.values('ChangeType')).toEqual([]);
  });
});

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { Client, startFake, stopFakes } from './test-support/client.ts';

const run = promisify(execFile);
const PROGRAM = join(__dirname, 'fake-wecom.mjs');

afterEach(stopFakes);

describe('the program', () => {
  it('prints its address and secrets, serves, and ends on SIGTERM', async () => {
    const child = spawn(process.execPath, [
      PROGRAM,
      '--port',
      '0',
      '--people',
      '20',
      '--settings',
      '{"ipIsNew":false}',
    ]);
    const printed: Record<string, string> = {};
    for await (const line of createInterface(child.stdout)) {
      const [, name, value] = /^ {2}(\S.*?) {2,}(.*)$/.exec(line) ?? [];
      if (name && value) printed[name] = value;
      if (line.includes('Ctrl-C')) break;
    }
    expect(printed.Company).toBe('20 people in 20 departments, seed 1');
    const query = new URLSearchParams({ corpid: printed['Corp id']!, corpsecret: printed['Contacts secret']! });
    const token = (await (await fetch(`${printed.API}gettoken?${query.toString()}`)).json()) as {
      access_token: string;
    };
    const list = await fetch(`${printed.API}department/list?access_token=${token.access_token}`);
    expect(((await list.json()) as { department: unknown[] }).department).toHaveLength(20);
    const corp = (await (await fetch(`${printed.Admin}/corp`)).json()) as Record<string, unknown>;
    expect(corp).toMatchObject({ callbackToken: printed['Callback token'], encodingAesKey: printed.EncodingAESKey });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('explains itself, and says what is wrong', async () => {
    expect((await run(process.execPath, [PROGRAM, '--help'])).stdout).toContain('--people 200');
    await expect(run(process.execPath, [PROGRAM, '--people', 'many'])).rejects.toMatchObject({
      stderr: expect.stringContaining('--people many is not a whole number'),
    });
    const { url } = await startFake();
    await expect(run(process.execPath, [PROGRAM, '--port', new URL(url).port])).rejects.toMatchObject({
      stderr: expect.stringContaining('is taken'),
    });
  });
});

describe('a fake of a company', () => {
  it('can be read whole, department by department', async () => {
    const fake = await startFake({ people: 5_000, departments: 400 });
    const client = new Client(fake);
    const { department } = await client.app('department/list');
    const found = new Map<string, unknown>();
    const queue = [...department] as { id: number }[];
    const worker = async () => {
      for (let next = queue.pop(); next; next = queue.pop()) {
        const { errcode, userlist } = await client.app('user/list', { department_id: next.id });
        if (errcode !== 0) throw new Error(`department ${next.id}: ${errcode}`);
        for (const member of userlist) found.set(member.userid, member);
      }
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    expect(found.size).toBe(5_000);
    const { members } = fake.truth('app');
    expect(members.every((member) => JSON.stringify(found.get(member.userid!)) === JSON.stringify(member))).toBe(true);
    expect(fake.counters.read()).toMatchObject({ total: 402, errors: {} });
  }, 120_000);

  it('shows a member whose department is hidden only when asked for him', async () => {
    const fake = await startFake({ people: 40, departments: 10 });
    const { openDepartments, pickedAlone } = fake.notable;
    fake.configure({ visibleRange: { departments: openDepartments, users: [pickedAlone!] } });
    const client = new Client(fake);
    expect(await client.app('user/get', { userid: pickedAlone! })).toMatchObject({ errcode: 0, department: [] });
    const { department } = await client.app('department/list');
    const ids = department.map(({ id }: { id: number }) => id);
    expect(ids).not.toContain(1);
    expect(ids).not.toContain(fake.notable.hiddenDepartment);
  });
});

it('a fake that is closed and started again knows neither tokens nor cursors, but has the same company', async () => {
  const first = await startFake({ people: 20, departments: 6 });
  const client = new Client(first);
  await client.token('app');
  const { port } = new URL(first.url);
  await first.close();
  await expect(client.app('department/list')).rejects.toThrow();
  const second = await startFake({ people: 20, departments: 6, port: Number(port) });
  expect((await client.app('department/list')).errcode).toBe(40014);
  expect(second.truth()).toEqual(first.truth());
});

import { Client, startFake, stopFakes } from '../test-support/client.ts';
import type { FakeWecom, SettingsPatch } from '../server.mjs';

interface Row {
  userid: string;
  department: number;
}

afterEach(stopFakes);

const start = async (settings: SettingsPatch = {}) => {
  const fake = await startFake({ people: 60, departments: 8, settings });
  return { fake, client: new Client(fake) };
};
const rowsOf = (fake: FakeWecom) =>
  fake.truth().members.flatMap(({ userid, department }) => department.map((id) => ({ userid, department: id })));

/** All pages of a sweep; `between` happens after the first. */
async function sweep(client: Client, limit?: number, between?: () => void) {
  const pages: Row[][] = [];
  let cursor: string | undefined;
  do {
    const { errcode, dept_user, next_cursor } = await client.post('contacts', 'user/list_id', { cursor, limit });
    if (errcode !== 0) throw new Error(String(errcode));
    pages.push(dept_user);
    cursor = next_cursor;
    if (pages.length === 1) between?.();
  } while (cursor);
  return pages;
}

describe('user/list_id', () => {
  it('has one row for each department of each member, so many on a page', async () => {
    const { fake, client } = await start();
    const rows = rowsOf(fake);
    const pages = await sweep(client, 7);
    expect(pages.flat()).toEqual(rows);
    expect(pages).toHaveLength(Math.ceil(rows.length / 7));
    expect(rows.length).toBeGreaterThan(60);
    expect(await sweep(client)).toHaveLength(1);
  });

  it('goes over the rows as they were when it began', async () => {
    const { fake, client } = await start();
    const rows = rowsOf(fake);
    const pages = await sweep(client, 10, () => {
      fake.administration.deleteMember(rows.at(-1)!.userid);
      fake.administration.addMember({ userid: 'latecomer', name: 'L' });
    });
    expect(pages.flat()).toEqual(rows);
    expect((await sweep(client)).flat()).toEqual(rowsOf(fake));
  });

  it('answers the same page again for the same cursor', async () => {
    const { client } = await start();
    const { next_cursor: cursor } = await client.post('contacts', 'user/list_id', { limit: 5 });
    const twice = [
      await client.post('contacts', 'user/list_id', { limit: 5, cursor }),
      await client.post('contacts', 'user/list_id', { limit: 5, cursor }),
    ];
    expect(twice[0]!.dept_user).toEqual(twice[1]!.dept_user);
  });

  it('may have pages that are short, or empty before the end', async () => {
    const { fake, client } = await start({ pages: { listId: 20, emptyPages: true } });
    const pages = await sweep(client, 1_000);
    expect(pages.filter((page) => page.length === 0).length).toBeGreaterThan(1);
    expect(Math.max(...pages.map((page) => page.length))).toBe(20);
    expect(pages.flat()).toEqual(rowsOf(fake));
  });

  it('refuses unknown and old cursors with 50100, and limits out of bounds', async () => {
    const { fake, client } = await start({ pages: { cursorSeconds: 60 } });
    const ask = async (body: object) => (await client.post('contacts', 'user/list_id', body)).errcode;
    expect(await ask({ cursor: 'aaaa' })).toBe(50100);
    const { next_cursor: cursor } = await client.post('contacts', 'user/list_id', { limit: 5 });
    expect(await ask({ cursor })).toBe(0);
    fake.clock.advance(60_000);
    expect(await ask({ cursor })).toBe(50100);
    expect([await ask({ limit: 0 }), await ask({ limit: 10_001 }), await ask({ limit: 'x' })]).toEqual([
      40058, 40058, 40058,
    ]);
  });
});

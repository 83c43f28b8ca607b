import { keyPool, type Pool } from '../database/postgres';
import { createTestDatabase, type TestDatabase } from '../testing/test-database';
import { inTransaction, type SqlSession } from './sql-session';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = keyPool(database.url);
  await pool.query('create table said (word text primary key)');
});
beforeEach(() => pool.query('truncate said'));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const say = (word: string): [string, unknown[]] => ['insert into said (word) values ($1)', [word]];
const FAILS: [string, unknown[]] = ['select 1 / $1::int', [0]];
const within = <T>(work: (sql: SqlSession) => T | Promise<T>): Promise<T> =>
  inTransaction(pool, { prepared: true }, async (sql) => work(sql));

async function said(): Promise<string[]> {
  const { rows } = await pool.query<{ word: string }>('select word from said order by word');
  return rows.map(({ word }) => word);
}

describe('a statement that is sent', () => {
  it('is done before the next one, and with the transaction', async () => {
    const seen = await within(async (sql) => {
      sql.send(...say('a'));
      sql.send(...say('b'));
      const rows = await sql.query<{ word: string }>('select word from said order by word');
      sql.send(...say('c'));
      return rows.map(({ word }) => word);
    });
    expect(seen).toEqual(['a', 'b']);
    expect(await said()).toEqual(['a', 'b', 'c']);
  });

  it('fails the next one with its own reason, and the transaction', async () => {
    const failing = within(async (sql) => {
      sql.send(...say('a'));
      sql.send(...FAILS);
      sql.send(...say('b'));
      await sql.query('select word from said');
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await said()).toEqual([]);
  });

  it('fails the transaction when nothing comes after it', async () => {
    await expect(within((sql) => sql.send(...FAILS))).rejects.toMatchObject({ code: '22012' });
    await within((sql) => sql.send(...say('a')));
    expect(await said()).toEqual(['a']);
  });

  it('leaves what else threw to be told', async () => {
    const failing = within((sql) => {
      sql.send(...FAILS);
      throw new Error('something else');
    });
    await expect(failing).rejects.toThrow('something else');
    expect(await said()).toEqual([]);
  });

  it('leaves a savepoint to go back to', async () => {
    await within(async (sql) => {
      sql.send(...say('a'));
      await sql.execute('savepoint one');
      sql.send(...FAILS);
      await expect(sql.execute('release savepoint one')).rejects.toMatchObject({ code: '22012' });
      await sql.execute('rollback to savepoint one');
    });
    expect(await said()).toEqual(['a']);
  });
});

import { chooseMainDepartment, departmentsTarget } from '@rollcall/target-departments';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { type TestDatabase, createTestDatabase } from '../testing/test-database';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  const schema = await new DataSource({
    type: 'postgres',
    url: database.url,
    migrations: [...departmentsTarget.tables.migrations],
  }).initialize();
  await schema.runMigrations();
  await schema.destroy();
  pool = new Pool({ connectionString: database.url, max: 1 });
});
beforeEach(() => pool.query('truncate departments, memberships'));
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const USERS = '(select unnest($1::bigint[]) as user_id)';
const CHOOSE = chooseMainDepartment(USERS, { leaving: 'm.is_owner' });
const HAND = null;

/** Flags: `f` flagged as main, `m` the main one now, `l` about to leave (`is_owner` stands for it here). */
type Statement = [department: number, source: number | null, position: number, flags?: string];

/** Departments 1 to 4 are there, 5 is deleted. */
async function state(statements: readonly Statement[]): Promise<void> {
  await pool.query(
    `insert into departments (id, title, deleted_at)
     select id, 'D', case when id = 5 then now() end from generate_series(1, 5) id`,
  );
  for (const [department, source, position, flags = ''] of statements) {
    await pool.query(
      `insert into memberships (user_id, department_id, source_id, position, flagged_main, is_main, is_owner)
       values (7, $1, $2, $3, $4, $5, $6)`,
      [department, source, position, flags.includes('f'), flags.includes('m'), flags.includes('l')],
    );
  }
}

async function mains(): Promise<string[]> {
  const { rows } = await pool.query<{ place: string }>(
    `select department_id || '/' || coalesce(source_id::text, 'hand') as place from memberships where is_main`,
  );
  return rows.map(({ place }) => place);
}

test.each<[string, Statement[], string[]]>([
  ['nobody without a statement has one', [], []],
  ['a single statement is it', [[1, 1, 4]], ['1/1']],
  [
    'the first listed is it',
    [
      [1, 1, 2],
      [2, 1, 1],
    ],
    ['2/1'],
  ],
  [
    'a source comes before what was made by hand',
    [
      [1, HAND, 1],
      [2, 1, 9],
    ],
    ['2/1'],
  ],
  [
    'the current one is kept while it is listed',
    [
      [1, 1, 1],
      [2, 1, 2, 'm'],
    ],
    ['2/1'],
  ],
  [
    'the flagged one comes before the current one',
    [
      [1, 1, 1, 'm'],
      [2, 1, 2, 'f'],
    ],
    ['2/1'],
  ],
  [
    'a flag by hand comes before one of a source',
    [
      [1, 1, 1, 'mf'],
      [2, HAND, 2, 'f'],
    ],
    ['2/hand'],
  ],
  [
    'of two flagged ones the current is kept',
    [
      [1, 1, 1, 'f'],
      [2, 2, 2, 'fm'],
    ],
    ['2/2'],
  ],
  [
    'a deleted department does not count',
    [
      [5, 1, 1, 'f'],
      [1, 1, 2],
    ],
    ['1/1'],
  ],
  [
    'a deleted department does not stay it',
    [
      [5, 1, 1, 'fm'],
      [1, 1, 2],
    ],
    ['1/1'],
  ],
  [
    'nobody has one when all are deleted',
    [
      [5, 1, 1, 'fm'],
      [5, HAND, 1],
    ],
    [],
  ],
  [
    'another statement of the same department keeps it',
    [
      [1, 1, 1],
      [2, 1, 2, 'ml'],
      [2, HAND, 3],
    ],
    ['2/hand'],
  ],
  [
    'a flag of a statement that leaves does not count',
    [
      [1, 1, 2],
      [2, 1, 1, 'mfl'],
    ],
    ['1/1'],
  ],
])('%s', async (_, statements, expected) => {
  for (const order of [statements, statements.toReversed()]) {
    await pool.query('truncate departments, memberships');
    await state(order);
    await pool.query(CHOOSE, [[7, 8, 7]]);
    expect(await mains()).toEqual(expected);
  }
});

test('users who are not asked for are left alone', async () => {
  await state([
    [1, 1, 1, 'm'],
    [2, 1, 2, 'f'],
  ]);
  await pool.query(CHOOSE, [[8]]);
  expect(await mains()).toEqual(['1/1']);
});

test('only statements that differ are written', async () => {
  await state([
    [1, 1, 1],
    [2, 1, 2, 'm'],
    [3, 1, 3, 'f'],
    [4, 1, 4],
  ]);
  const versions = async (): Promise<string[]> => {
    const { rows } = await pool.query<{ xmin: string }>('select xmin::text from memberships order by department_id');
    return rows.map(({ xmin }) => xmin);
  };
  const before = await versions();
  await pool.query(CHOOSE, [[7]]);
  const after = await versions();
  expect(after.map((version, n) => version !== before[n])).toEqual([false, true, true, false]);
  await pool.query(CHOOSE, [[7]]);
  expect(await versions()).toEqual(after);
});

test('many users change their main department in one statement, in spite of the unique index', async () => {
  await state([]);
  await pool.query(
    `insert into memberships (user_id, department_id, source_id, position, is_main, flagged_main)
     select u, d, 1, d, d = 1 + u % 4, d = 1 + (u + 1) % 4
     from generate_series(1, 2000) u, generate_series(1, 4) d order by random()`,
  );
  await pool.query(chooseMainDepartment('memberships'));
  const { rows } = await pool.query(
    'select count(*)::int as mains, bool_and(flagged_main) as right from memberships where is_main',
  );
  expect(rows).toEqual([{ mains: 2000, right: true }]);
});

test('a task notes which one it took the place of, and its undo chooses that one again before the current one', async () => {
  const choose = (task: number, undoes?: number): Promise<unknown> =>
    pool.query(chooseMainDepartment(USERS, { task: '$2::bigint', undoes: '$3::bigint' }), [[7], task, undoes]);
  const flag = (flagged: boolean): Promise<unknown> =>
    pool.query('update memberships set flagged_main = $1 where department_id = 1', [flagged]);
  await state([
    [1, 1, 1],
    [2, 1, 2, 'm'],
  ]);
  await flag(true);
  await choose(1);
  expect(await mains()).toEqual(['1/1']);
  await flag(false);
  await choose(2, 1);
  expect(await mains()).toEqual(['2/1']);
  await choose(3, 2);
  expect(await mains()).toEqual(['1/1']);
});

import { targetConformance, type KitConnection, type TableTargetFixture } from '@rollcall/core/testing';
import type { Batch, TableTargetAdapter, TableTargetContext } from '@rollcall/core';
import { DataSource } from 'typeorm';
import { usersTarget } from './adapter';

async function connect(): Promise<KitConnection> {
  const database = await new DataSource({
    type: 'postgres',
    url: process.env['ROLLCALL_TEST_DATABASE_URL']!,
    parseInt8: true,
  }).initialize();
  const queryRunner = database.createQueryRunner();
  return {
    queryRunner,
    query: async (text, parameters) =>
      (await queryRunner.query(text, parameters, true)).records as Record<string, unknown>[],
    close: async () => {
      await queryRunner.release();
      await database.destroy();
    },
  };
}

const fixture: TableTargetFixture = {
  options: () => ({}),
  connect,
  refused: {
    user: {
      payloads: [{ username: 'kit.taken' }, { username: 'KIT.taken' }, { username: 'kit.free', managerUid: 'kit-1' }],
      refused: [1],
    },
  },
};

describe('the users target keeps the contract', () => {
  const kit = targetConformance(usersTarget, fixture);
  for (const rule of kit) it(rule.title, rule.run, rule.timeoutMs);

  it('in all of it', () => {
    expect(kit.leftOut).toEqual([]);
  });
});

type Broken = [what: string, caughtBy: string, apply: (batch: Batch, context: TableTargetContext) => Promise<void>];

/** What the kit says of a target with another `apply`. */
describe.each<Broken>([
  [
    'removes who is deleted',
    'deletes',
    async (batch, context) => {
      await context.sql.query(
        `delete from users u using ${batch.relation} b where u.id = b.resource_id and b.action = 'delete'`,
      );
      await usersTarget.apply(batch, context);
    },
  ],
  [
    'writes row by row',
    'set-based',
    async (batch, context) => {
      for (let row = 0; row < batch.size; row++) await context.sql.query('select 1');
      await usersTarget.apply(batch, context);
    },
  ],
  [
    'lets nobody wait',
    'waiting',
    async (batch, context) => {
      await usersTarget.apply(batch, context);
      await context.sql.query(`delete from ${batch.waiting}`);
    },
  ],
  [
    'writes all fields with each update',
    'updates',
    async (batch, context) => {
      await context.sql.query(`update ${batch.relation} set changed = null`);
      await usersTarget.apply(batch, context);
    },
  ],
  [
    'ends the transaction',
    'again',
    async (batch, context) => {
      await usersTarget.apply(batch, context);
      if (batch.actions.update) await context.sql.query('commit');
    },
  ],
  [
    'fails with the first record that is refused',
    'one-refused',
    async (batch, context) => {
      await usersTarget.apply(batch, context);
      const [failure] = await context.sql.query(`select * from ${batch.failures}`);
      if (failure) throw new Error('refused');
    },
  ],
  [
    'logs names',
    'no-personal-data',
    async (batch, context) => {
      const rows = await context.sql.query(`select payload from ${batch.relation}`);
      context.logger.info('Writing', { rows });
      await usersTarget.apply(batch, context);
    },
  ],
])('a target that %s', (_, caughtBy, apply) => {
  it(`is caught by "${caughtBy}"`, async () => {
    const broken: TableTargetAdapter = { ...usersTarget, apply };
    const rule = targetConformance(broken, fixture).rules.find(({ id }) => id === caughtBy);
    await expect(rule!.run()).rejects.toMatchObject({ name: 'ConformanceError' });
  });
});

import { targetConformance, type KitConnection } from '@rollcall/core/testing';
import { DataSource } from 'typeorm';
import { departmentsTarget } from './adapter';

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

const kit = targetConformance(departmentsTarget, {
  options: () => ({}),
  connect,
  // Of the users target only the ids, which memberships are locked by.
  tablesBefore: 'create table users (id bigint primary key)',
  make: { user: (id) => `insert into users values (${id})` },
  refused: {
    department: {
      payloads: [
        { title: 'Kit A', parentUid: 'kit-102' },
        { title: 'Kit B', parentUid: 'kit-101' },
        { title: 'Kit C', parentUid: 'kit-101' },
      ],
      refused: [1],
    },
  },
});

for (const rule of kit) it(rule.title, rule.run, rule.timeoutMs);

it('in all but what it has not', () => {
  expect(kit.leftOut.map(({ id }) => id)).toEqual(['disables']);
});

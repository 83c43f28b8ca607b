import { Client } from 'pg';
import { createTestDatabase } from './test-database';

test('gives an empty database that is gone after drop', async () => {
  const database = await createTestDatabase();
  const client = new Client(database.url);
  await client.connect();
  await client.query('create table only_here (id int)');
  await client.end();
  await database.drop();
  await expect(new Client(database.url).connect()).rejects.toMatchObject({ code: '3D000' });
});

test('fails the test that leaves a connection open', async () => {
  const database = await createTestDatabase();
  const client = new Client(database.url);
  const errors: Error[] = [];
  client.on('error', (error) => errors.push(error));
  await client.connect();
  await client.query("select 'leaked'");
  await expect(database.drop()).rejects.toThrow("left 1 connections open; last on them: select 'leaked'");
  expect(errors).not.toHaveLength(0); // dropped with force
});

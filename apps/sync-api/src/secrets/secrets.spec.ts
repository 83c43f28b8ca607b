import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { type TestDatabase, createTestDatabase } from '../testing/test-database';
import { claimDatabase } from './claim-database';
import { SecretBox } from './secret-box';
import { loadSecretKey, secretKey } from './secret-key';

const box = new SecretBox(secretKey('correct horse battery staple'));

describe('a sealed secret', () => {
  it('opens at its own place and nowhere else', () => {
    const sealed = box.seal('source/7/token', 'päss 😀');
    expect(box.open('source/7/token', sealed)).toBe('päss 😀');
    expect(() => box.open('source/8/token', sealed)).toThrow(/source\/8\/token cannot be read: .* Enter it again/);
    expect(() => box.open('source/7/other', sealed)).toThrow('Enter it again');
  });

  it('never looks the same twice and does not contain the secret', () => {
    const sealed = [box.seal('a', 'hunter2'), box.seal('a', 'hunter2')];
    expect(new Set(sealed).size).toBe(2);
    expect(sealed.join()).not.toContain(Buffer.from('hunter2').toString('base64url'));
  });

  it.each([
    '',
    'v1',
    'v1.x',
    'v2.aaaa.bbbb',
    'plain text',
    `v1.${secretKey('correct horse battery staple').fingerprint.slice(0, 8)}.AAAA`,
  ])('is refused when it is not one: "%s"', (text) => {
    expect(() => box.open('a', text)).toThrow('Enter it again');
  });

  it('is refused when a single character was changed', () => {
    const sealed = box.seal('a', 'hunter2');
    for (const at of [sealed.length - 1, sealed.length - 12, 14]) {
      const other = sealed[at] === 'A' ? 'w' : 'A';
      const changed = `${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`;
      expect(() => box.open('a', changed)).toThrow('Enter it again');
    }
  });

  it('says so when it was sealed with another key', () => {
    const sealed = new SecretBox(secretKey(randomBytes(32).toString('base64'))).seal('a', 'x');
    expect(() => box.open('a', sealed)).toThrow('encrypted with another ROLLCALL_SECRET_KEY');
  });
});

describe('the secret key', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'))));
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('is taken as it is when it is 32 bytes of base64, else stretched', () => {
    const bytes = randomBytes(32);
    expect(secretKey(bytes.toString('base64')).key).toEqual(bytes);
    expect(secretKey('short').key).toHaveLength(32);
    expect(secretKey('short').fingerprint).toBe(secretKey('short').fingerprint);
    expect(secretKey('short').fingerprint).not.toBe(secretKey('shoru').fingerprint);
  });

  it('is made on the first start, for the owner alone, and found again', () => {
    const inner = join(home, 'new');
    const first = loadSecretKey({ home: inner, role: 'all', secretKey: undefined });
    expect(statSync(join(inner, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(inner)).toEqual(['secret.key']);
    expect(loadSecretKey({ home: inner, role: 'all', secretKey: '' })).toEqual(first);
  });

  it('is not made anew when its file is empty', () => {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, 'secret.key'), '');
    expect(() => loadSecretKey({ home, role: 'all', secretKey: undefined })).toThrow('secret.key is empty');
  });

  it('must be given to processes that may not share a home', () => {
    for (const role of ['api', 'worker'] as const) {
      expect(() => loadSecretKey({ home, role, secretKey: undefined })).toThrow('ROLLCALL_SECRET_KEY is not set');
    }
    expect(readdirSync(home)).toEqual([]);
  });
});

describe('a database', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new Pool({ connectionString: database.url });
    await pool.query('create table settings (key text primary key, value jsonb not null)');
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('keeps its first key, and refuses another with both fingerprints and the remedy', async () => {
    const [right, wrong] = [secretKey('right'), secretKey('wrong')];
    await Promise.all([claimDatabase(pool, right), claimDatabase(pool, right)]);
    await claimDatabase(pool, right);
    const refusal = claimDatabase(pool, wrong);
    await expect(refusal).rejects.toMatchObject({ code: 'configuration' });
    await expect(refusal).rejects.toThrow(
      new RegExp(`${wrong.fingerprint}.*${right.fingerprint}.*Start with the right key`, 's'),
    );
  });
});

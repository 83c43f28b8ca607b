import { execFileSync } from 'node:child_process';
import { pushCommand } from './push-command';

/** What a shell makes of the command, curl itself apart. */
function asRun(command: string): string[] {
  const show = `curl() { printf '%s\\n' "$@"; }; ${command}`;
  return execFileSync('sh', ['-c', show], { encoding: 'utf8' }).trimEnd().split('\n');
}

test('the command is what a shell understands, whatever the name in it', () => {
  const [address, , key, , , , body] = asRun(
    pushCommand({
      address: 'http://127.0.0.1:3000',
      key: 'rk_1',
      nickname: "Ada O'Neill $HOME `id`",
      source: 'hr',
      matchKey: 'email',
    }),
  );
  expect(address).toBe('http://127.0.0.1:3000/api/userData:push');
  expect(key).toBe('Authorization: Bearer rk_1');
  expect(JSON.parse(body ?? '')).toEqual({
    dataType: 'user',
    sourceName: 'hr',
    matchKey: 'email',
    records: [{ uid: 'ada', nickname: "Ada O'Neill $HOME `id`", email: 'ada@example.com' }],
  });
});

test('without a key the command says where one belongs', () => {
  const command = pushCommand({ address: 'http://127.0.0.1:3000', nickname: 'Ada' });
  expect(command).toContain("'Authorization: Bearer YOUR_API_KEY'");
  expect(command).not.toContain('sourceName');
});

import { execFileSync } from 'node:child_process';
import { pushCommand } from './push-command';

/** What a shell makes of the command, curl itself apart. */
function asRun(command: string): string[] {
  const show = `curl() { printf '%s\\n' "$@"; }; ${command}`;
  return execFileSync('sh', ['-c', show], { encoding: 'utf8' }).trimEnd().split('\n');
}

test('the command is what a shell understands, whatever the name in it', () => {
  const [address, , key, , , , body] = asRun(pushCommand('http://127.0.0.1:3000', 'rk_1', "Ada O'Neill $HOME `id`"));
  expect(address).toBe('http://127.0.0.1:3000/api/userData:push');
  expect(key).toBe('Authorization: Bearer rk_1');
  expect(JSON.parse(body ?? '')).toEqual({
    dataType: 'user',
    records: [{ uid: 'ada', nickname: "Ada O'Neill $HOME `id`", email: 'ada@example.com' }],
  });
});

test('without a key the command says where one belongs', () => {
  expect(pushCommand('http://127.0.0.1:3000', undefined, 'Ada')).toContain("'Authorization: Bearer YOUR_API_KEY'");
});

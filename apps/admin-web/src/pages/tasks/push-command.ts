/** What stands in the command until there is a key. */
const KEY_PLACEHOLDER = 'YOUR_API_KEY';

/** A command for a POSIX shell that pushes one user, ready to paste. */
export function pushCommand(address: string, key: string | undefined, nickname: string): string {
  const body = {
    dataType: 'user',
    records: [{ uid: 'ada', nickname, email: 'ada@example.com' }],
  };
  return [
    `curl ${quoted(`${address}/api/userData:push`)}`,
    `-H ${quoted(`Authorization: Bearer ${key ?? KEY_PLACEHOLDER}`)}`,
    `-H ${quoted('Content-Type: application/json')}`,
    `-d ${quoted(JSON.stringify(body))}`,
  ].join(' \\\n  ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

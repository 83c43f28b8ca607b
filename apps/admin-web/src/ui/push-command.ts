/** What stands in the command until there is a key. */
const KEY_PLACEHOLDER = 'YOUR_API_KEY';

interface PushCommandParts {
  /** Of the service. */
  address: string;
  key?: string | undefined;
  /** Of the user. */
  nickname: string;
  /** Name of the source; absent: the one of the key, or the built-in one. */
  source?: string | undefined;
  /** A field by which the record may take over a user; a push has to name it. */
  matchKey?: string | undefined;
}

/** Of the fields that a source matches by, the one that the command's record has is the best one to show. */
export const shownMatchKey = (matchKey: readonly string[]): string | undefined =>
  matchKey.find((key) => key === 'email') ?? matchKey[0];

/** A command for a POSIX shell that pushes one user, ready to paste. */
export function pushCommand({ address, key, nickname, source, matchKey }: PushCommandParts): string {
  const body = {
    dataType: 'user',
    ...(source !== undefined && { sourceName: source }),
    ...(matchKey !== undefined && { matchKey }),
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

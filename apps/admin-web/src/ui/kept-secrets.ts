import { members } from './schema-form/schema';

type Options = Readonly<Record<string, unknown>>;

/**
 * The stored secrets that stay when options are saved: none when an address leads to another host, because they were meant for the old
 * one. What is no address yet says nothing.
 */
export function keptSecrets(
  schema: unknown,
  { before, now, secretsSet }: { before: Options; now: Options; secretsSet: readonly string[] },
): readonly string[] {
  const properties = members(members(schema)['properties']);
  const moved = Object.entries(properties).some(([name, property]) => {
    const standard = members(property)['default'];
    const [from, to] = [hostOf(before[name] ?? standard), hostOf(now[name] ?? standard)];
    return from !== undefined && to !== undefined && from !== to;
  });
  return moved ? [] : secretsSet;
}

/**
 * A draft as the service is to be told it: of a secret that would go it is said that it goes, so that one without which nothing works is
 * refused at its field instead of missed later.
 */
export function tellingLost<Draft extends { options: Options }>(
  draft: Draft,
  { secretsSet, kept }: SecretsKept,
): Draft {
  const { options } = draft;
  const lost = secretsSet.filter((name) => !kept.includes(name) && options[name] === undefined);
  if (lost.length === 0) return draft;
  return { ...draft, options: { ...options, ...Object.fromEntries(lost.map((name) => [name, null])) } };
}

interface SecretsKept {
  secretsSet: readonly string[];
  kept: readonly string[];
}

function hostOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !URL.canParse(value)) return undefined;
  const { protocol, host } = new URL(value);
  return `${protocol}//${host}`;
}

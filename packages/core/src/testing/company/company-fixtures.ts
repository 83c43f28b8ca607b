import type { SourceFixture } from '../source-fixture';
import type { TargetFixture } from '../target-fixture';
import { type CompanyServer, STRANGER, TOKEN } from './company-server';

export const sourceFixture = (server: CompanyServer): SourceFixture => ({
  options: () => ({ url: server.url, token: TOKEN }),
  holds: () => ({ user: server.people.map(({ id }) => id), department: server.teams.map(({ id }) => id) }),
  earlier: [{ version: 1, options: { address: server.url, token: TOKEN } }],
  cursors: true,
  change: () => Promise.resolve({ user: [server.change()] }),
  event: () => Promise.resolve({ request: server.event(), brings: { user: [server.people[1]!.id] } }),
});

export const targetFixture = (server: CompanyServer): TargetFixture => ({
  options: () => ({ url: server.url, token: TOKEN }),
  held: () =>
    Promise.resolve(
      [...server.accounts.values()].map(({ kind, values, disabled }) => ({ dataType: kind, fields: values, disabled })),
    ),
  empty: () => Promise.resolve(server.accounts.clear()),
  stranger: () => {
    const theirs = { ref: STRANGER, kind: 'user', values: { nickname: 'Somebody Else' }, disabled: false } as const;
    server.accounts.set(STRANGER, theirs);
    return Promise.resolve({ dataType: theirs.kind, fields: theirs.values });
  },
  refused: { user: { nickname: 'refuse me' }, department: { title: 'refuse me' } },
});

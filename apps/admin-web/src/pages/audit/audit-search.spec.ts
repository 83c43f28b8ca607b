import { auditListQuery, readAuditSearch } from './audit-search';

test('what nobody could have chosen is left out of the address', () => {
  expect(
    readAuditSearch({ area: 'nonsense', subject: 'a b', from: 'yesterday', to: 5, q: ' ada ', page: -1, other: 'x' }),
  ).toEqual({ q: 'ada' });
  const chosen = { area: 'source', subject: 'source:7', from: '2026-03-01', to: '2026-03-31', page: 2 };
  expect(readAuditSearch(chosen)).toEqual(chosen);
});

test('days are meant from their first moment to their last, where the reader is', () => {
  expect(auditListQuery({ area: 'api_key', from: '2026-02-28', to: '2026-02-28', pageSize: 50 })).toEqual({
    action: 'api_key.',
    since: new Date(2026, 1, 28).toISOString(),
    until: new Date(2026, 2, 1).toISOString(),
    pageSize: 50,
  });
  expect(auditListQuery({ subject: 'task:1' })).toEqual({ subject: 'task:1' });
});

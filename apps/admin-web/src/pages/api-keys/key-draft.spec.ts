import { bodyOf, canBind, NEW_KEY, problemsOf } from './key-draft';

const now = new Date('2026-03-10T09:30:00Z');

test('a new key lacks nothing but its name', () => {
  expect(problemsOf(NEW_KEY, now)).toEqual({ name: 'nameMissing' });
  expect(bodyOf(NEW_KEY, now)).toBeUndefined();
});

test('whatever is missing is named', () => {
  const draft = { ...NEW_KEY, name: ' ', scopes: [], lifetime: 'date' as const };
  expect(problemsOf(draft, now)).toEqual({ name: 'nameMissing', scopes: 'scopeMissing', day: 'dayMissing' });
});

test('the API gets what was chosen', () => {
  expect(bodyOf({ ...NEW_KEY, name: ' HR ', sourceId: 3, lifetime: 'never' }, now)).toEqual({
    name: 'HR',
    scopes: ['push'],
    sourceId: 3,
    expiresAt: null,
  });
});

test('a binding that the scopes do not allow is not sent', () => {
  expect(canBind(['read'])).toBe(false);
  expect(canBind(['push', 'read'])).toBe(true);
  expect(bodyOf({ ...NEW_KEY, name: 'HR', scopes: ['push', 'admin'], sourceId: 3 }, now)?.sourceId).toBeNull();
});

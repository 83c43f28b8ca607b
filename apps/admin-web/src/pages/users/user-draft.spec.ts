import { newUserOf, NOBODY, patchOf } from './user-draft';

const before = { ...NOBODY, nickname: 'Ann', email: 'ann@example.com', manager: { id: 7, label: 'Boss' } };

test('a form that nobody changed asks for nothing', () => {
  expect(patchOf({ ...before, nickname: ' Ann ' }, before, {})).toEqual({});
});

test('only what differs is sent, because what is sent is locked', () => {
  expect(patchOf({ ...before, email: 'anna@example.com', status: 'disabled' }, before, { desk: '4' })).toEqual({
    email: 'anna@example.com',
    status: 'disabled',
    custom: { desk: '4' },
  });
});

test('what was emptied is cleared', () => {
  expect(patchOf({ ...before, email: ' ', manager: null }, before, {})).toEqual({ email: null, managerId: null });
});

test('somebody new has what was filled in, and a main department', () => {
  const department = { id: 3, label: 'Sales' };
  expect(newUserOf({ ...NOBODY, nickname: 'New', department }, {})).toEqual({
    nickname: 'New',
    departments: [{ id: 3, isMain: true, isOwner: false }],
  });
});

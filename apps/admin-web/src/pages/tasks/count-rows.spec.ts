import type { Task } from '../../api/types';
import { countRows } from './count-rows';

const ZERO = {
  created: 0,
  updated: 0,
  disabled: 0,
  deleted: 0,
  restored: 0,
  linked: 0,
  unchanged: 0,
  failed: 0,
  stale: 0,
};
const users = { ...ZERO, created: 299 };
const departments = { ...ZERO, created: 70, updated: 299 };

test('memberships stand on a line of their own', () => {
  const countsByDataType: Task['countsByDataType'] = {
    users: { user: { created: 299 } },
    departments: { user: { updated: 299 }, department: { created: 70 } },
  };
  expect(countRows({ counts: { users, departments }, countsByDataType })).toEqual([
    { target: 'users', counts: users },
    { target: 'departments', dataType: 'department', counts: { created: 70 } },
    { target: 'departments', dataType: 'user', counts: { updated: 299 } },
  ]);
});

test('a data type of which nothing was read has no line', () => {
  const countsByDataType: Task['countsByDataType'] = { departments: { user: { updated: 299 }, department: {} } };
  expect(countRows({ counts: { departments }, countsByDataType })).toEqual([
    { target: 'departments', dataType: 'user', counts: { updated: 299 } },
  ]);
});

test('a task that did not count them apart has one line', () => {
  expect(countRows({ counts: { departments }, countsByDataType: {} })).toEqual([
    { target: 'departments', counts: departments },
  ]);
});

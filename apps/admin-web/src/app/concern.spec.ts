import type { Task } from '../api/types';
import { concernOf } from './concern';

const task = (more: Partial<Task>): Task =>
  ({ id: 1, status: 'held', heldReason: 'limits', attempts: 1, source: { id: 7, name: 'hr' }, ...more }) as Task;

test('plans of one source that are held for one reason are one concern', () => {
  expect(concernOf(task({ id: 2 }))).toBe(concernOf(task({ id: 3, attempts: 2 })));
  expect(concernOf(task({ heldReason: 'empty' }))).not.toBe(concernOf(task({})));
  expect(concernOf(task({ source: { id: 8, name: 'crm' } }))).not.toBe(concernOf(task({})));
});

test('each failure is one of its own', () => {
  const failed = (more: Partial<Task>): string => concernOf(task({ status: 'failed', heldReason: undefined, ...more }));
  expect(failed({ id: 2 })).not.toBe(failed({ id: 3 }));
  expect(failed({ attempts: 2 })).not.toBe(failed({}));
});

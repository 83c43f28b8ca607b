import { statusName } from './task-status';

test.each([
  [{ status: 'held', heldReason: 'limits' }, 'held'],
  [{ status: 'held', heldReason: 'preview' }, 'preview'],
  [{ status: 'cancelled' }, 'cancelled'],
  [{ status: 'cancelled', rejected: true }, 'rejected'],
  [{ status: 'running', cancelRequested: true }, 'stopping'],
  [{ status: 'succeeded' }, 'succeeded'],
] as const)('%j is called %s', (task, name) => {
  expect(statusName(task)).toBe(name);
});

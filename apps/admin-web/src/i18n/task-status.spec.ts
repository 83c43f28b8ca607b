import { statusName } from './task-status';

test.each([
  [{ status: 'held', heldReason: 'limits' }, 'held'],
  [{ status: 'held', heldReason: 'preview' }, 'preview'],
  [{ status: 'cancelled' }, 'cancelled'],
  [{ status: 'cancelled', rejected: true }, 'rejected'],
  [{ status: 'running', cancelRequested: true }, 'stopping'],
  [{ status: 'succeeded' }, 'succeeded'],
  [{ status: 'succeeded', incomplete: true }, 'incomplete'],
  [{ status: 'held', heldReason: 'limits', incomplete: true }, 'held'],
] as const)('%j is called %s', (task, name) => {
  expect(statusName(task)).toBe(name);
});

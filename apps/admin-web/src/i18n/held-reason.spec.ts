import type { Doubt } from '../api/types';
import { heldWhy } from './held-reason';

const rejected = { kind: 'rejected', n: 3, fields: [''] } as Doubt;
const limit = { kind: 'limit', limit: 'disables', n: 600 } as Doubt;

test.each([
  ['rejected', { heldReason: 'limits', doubts: [rejected] }],
  ['limits', { heldReason: 'limits', doubts: [rejected, limit] }],
  ['limits', { heldReason: 'limits' }],
  ['preview', { heldReason: 'preview', doubts: [rejected] }],
  [undefined, {}],
] as const)('%s is why a plan waits', (why, task) => {
  expect(heldWhy(task as Parameters<typeof heldWhy>[0])).toBe(why);
});

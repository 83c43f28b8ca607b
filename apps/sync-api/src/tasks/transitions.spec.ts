import { TASK_STATUSES } from './task.entity';
import { requireRetryable, statusesBefore, TRANSITIONS } from './transitions';

describe('the life of a task', () => {
  it('ends for good only when it succeeded', () => {
    expect(TASK_STATUSES.filter((status) => TRANSITIONS[status].length === 0)).toEqual(['succeeded']);
  });

  it('passes through running before it has a result', () => {
    for (const result of ['held', 'succeeded', 'partially_succeeded', 'failed'] as const) {
      expect(statusesBefore(result)).toEqual(['running']);
    }
  });

  it('can be cancelled while nothing is final', () => {
    expect(statusesBefore('cancelled').sort()).toEqual(['held', 'queued', 'running']);
  });

  it.each(['failed', 'partially_succeeded', 'cancelled'] as const)('is retried when it is %s', (status) => {
    expect(() => requireRetryable(status)).not.toThrow();
  });

  it.each(['queued', 'running', 'held', 'succeeded'] as const)('is not retried when it is %s', (status) => {
    expect(() => requireRetryable(status)).toThrow(expect.objectContaining({ code: 'task_not_retryable' }));
  });
});

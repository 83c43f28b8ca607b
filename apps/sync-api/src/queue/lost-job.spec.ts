import { setTimeout as sleep } from 'node:timers/promises';
import { getQueueToken } from '@nestjs/bull';
import type { Queue } from 'bull';
import { type TestApp, startTestApp } from '../testing/start-test-app';
import { TASK_QUEUE, type TaskJob, TaskQueue } from './task-queue';

let rollcall: TestApp;

beforeAll(async () => {
  rollcall = await startTestApp({ ROLLCALL_ROLE: 'api' });
});

afterAll(() => rollcall.close());

test('a job whose worker was killed before it claimed the task is put in again within seconds, and only then', async () => {
  const key = await rollcall.key(['push']);
  const records = [{ uid: '1' }];
  const { body } = await key.post('/api/userData:push', { dataType: 'user', records }, { Prefer: 'respond-async' });
  const queue = rollcall.app.get<Queue<TaskJob>>(getQueueToken(TASK_QUEUE));
  const due = rollcall.app.get(TaskQueue);
  const taken = await queue.getNextJob();
  expect(taken?.data).toEqual({ taskId: body.data.taskId });

  await due.enqueueDue();
  expect(await queue.getWaiting()).toEqual([]);
  await sleep(5_100);
  await due.enqueueDue();
  await due.enqueueDue();
  expect((await queue.getWaiting()).map(({ data }) => data)).toEqual([{ taskId: body.data.taskId }]);
});

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

/** Takes the next job as a worker does; one that hangs has not even written down that it did. */
const takeAndDie = async (queue: Queue<TaskJob>): Promise<void> => {
  await queue.getNextJob();
};
const takeAndHang = async (queue: Queue<TaskJob>): Promise<void> => {
  const key = (list: string): string => (queue as Queue<TaskJob> & { toKey: (name: string) => string }).toKey(list);
  await queue.client.rpoplpush(key('wait'), key('active'));
};

test.each([
  ['was killed', takeAndDie],
  ['hangs', takeAndHang],
])(
  'a job whose worker %s before it claimed the task is put in again within seconds, and only then',
  async (how, take) => {
    const sourceName = how.replace(' ', '-');
    await rollcall.admin.post('/api/sources', { name: sourceName, type: 'push' });
    const key = await rollcall.key(['push']);
    const request = { dataType: 'user', sourceName, records: [{ uid: '1' }] };
    const { body } = await key.post('/api/userData:push', request, { Prefer: 'respond-async' });
    const queue = rollcall.app.get<Queue<TaskJob>>(getQueueToken(TASK_QUEUE));
    const due = rollcall.app.get(TaskQueue);
    const waiting = async (): Promise<number[]> => (await queue.getWaiting()).map(({ data }) => data.taskId);
    const mine = body.data.taskId as number;
    while ((await waiting()).includes(mine)) await take(queue);

    await due.enqueueDue();
    expect(await waiting()).not.toContain(mine);
    await sleep(5_100);
    await due.enqueueDue();
    await due.enqueueDue();
    expect((await waiting()).filter((taskId) => taskId === mine)).toEqual([mine]);
  },
);

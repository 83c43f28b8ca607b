import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedRedis, startEmbeddedRedis } from '@rollcall/embedded';
import Bull, { type Job, type Queue, type QueueOptions } from 'bull';
import { Redis } from 'ioredis';

jest.setTimeout(60_000);

/** Everything of Bull that we use or may come to use, on the server that this machine gives and on the one in JavaScript. */
describe.each(['', 'javascript'])('Bull on the Redis chosen by ROLLCALL_EMBEDDED_REDIS="%s"', (kind) => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bull-'));
  let redis: EmbeddedRedis;
  let queue: Queue;
  let number = 0;
  const queues: Queue[] = [];
  const connections: Redis[] = [];

  beforeAll(async () => {
    process.env['ROLLCALL_EMBEDDED_REDIS'] = kind;
    const cacheDirectory = join(__dirname, '../../../../node_modules/.cache/rollcall');
    redis = await startEmbeddedRedis({ directory: folder, cacheDirectory });
  });

  afterAll(async () => {
    delete process.env['ROLLCALL_EMBEDDED_REDIS'];
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    queue = open(`queue-${++number}`);
  });

  afterEach(async () => {
    await Promise.all(queues.splice(0).map((one) => one.close()));
    // Bull leaves those open that createClient made.
    for (const connection of connections.splice(0)) connection.disconnect();
  });

  function open(name: string, options: QueueOptions = {}): Queue {
    const opened = new Bull(name, {
      ...options,
      createClient: (_type, more) => {
        const connection = new Redis(redis.url, { ...more, maxRetriesPerRequest: null, enableReadyCheck: false });
        connections.push(connection);
        return connection;
      },
    });
    queues.push(opened);
    return opened;
  }

  /** Answers when the queue has said `event` so many times, with what it said. */
  function heard(event: string, times = 1, on = queue): Promise<unknown[][]> {
    return new Promise((resolve) => {
      const all: unknown[][] = [];
      on.on(event, (...words: unknown[]) => {
        all.push(words);
        if (all.length === times) resolve(all);
      });
    });
  }

  test('hands a job with its data to a processor and keeps what that returns', async () => {
    void queue.process(async (job) => ({ doubled: (job.data as { n: number }).n * 2 }));
    const job = await queue.add({ n: 21 });
    expect(await job.finished()).toEqual({ doubled: 42 });
    expect(await queue.getJobCounts()).toMatchObject({ completed: 1, waiting: 0, active: 0 });
  });

  test('runs a delayed job when its time has come', async () => {
    void queue.process(async () => Date.now());
    const added = Date.now();
    const job = await queue.add({}, { delay: 500 });
    expect(await job.getState()).toBe('delayed');
    expect((await job.finished()) as number).toBeGreaterThanOrEqual(added + 490);
  });

  test('promotes a delayed job', async () => {
    void queue.process(async () => 'done');
    const job = await queue.add({}, { delay: 60_000 });
    await job.promote();
    expect(await job.finished()).toBe('done');
  });

  test('tries a failing job again, each time later', async () => {
    const times: number[] = [];
    void queue.process(async () => {
      times.push(Date.now());
      if (times.length < 3) throw new Error('not yet');
    });
    const job = await queue.add({}, { attempts: 3, backoff: { type: 'exponential', delay: 100 } });
    await job.finished();
    expect(times).toHaveLength(3);
    expect(times[2]! - times[1]!).toBeGreaterThan(times[1]! - times[0]!);
  });

  test('gives up after the last attempt and keeps the reason', async () => {
    void queue.process(async () => {
      throw new Error('never');
    });
    const job = await queue.add({}, { attempts: 2 });
    await expect(job.finished()).rejects.toThrow('never');
    const failed = await queue.getJob(job.id);
    expect(failed).toMatchObject({ attemptsMade: 2, failedReason: 'never' });
    expect(failed?.stacktrace).toHaveLength(2);
  });

  test('does not try a discarded job again', async () => {
    let runs = 0;
    void queue.process(async (job) => {
      runs++;
      await job.discard();
      throw new Error('hopeless');
    });
    const job = await queue.add({}, { attempts: 5 });
    await expect(job.finished()).rejects.toThrow('hopeless');
    expect(runs).toBe(1);
  });

  test('retries a failed job by hand', async () => {
    let broken = true;
    void queue.process(async () => {
      if (broken) throw new Error('broken');
    });
    const job = await queue.add({});
    await expect(job.finished()).rejects.toThrow('broken');
    broken = false;
    const completed = heard('completed');
    await (await queue.getJob(job.id))!.retry();
    await completed;
  });

  test('tells of progress, and of jobs in other processes', async () => {
    const other = open(queue.name);
    const progress = heard('global:progress', 2, other);
    const completed = heard('global:completed', 1, other);
    void queue.process(async (job) => {
      await job.progress(50);
      await job.progress({ step: 'apply' });
      return 'all';
    });
    const job = await queue.add({});
    expect((await progress).map(([, value]) => value)).toEqual([50, { step: 'apply' }]);
    expect((await completed)[0]).toEqual([String(job.id), '"all"', 'active']);
  });

  test('takes a job id once', async () => {
    await queue.add({ n: 1 }, { jobId: 'one' });
    await queue.add({ n: 2 }, { jobId: 'one' });
    expect(await queue.count()).toBe(1);
    expect((await queue.getJob('one'))?.data).toEqual({ n: 1 });
  });

  test('takes urgent jobs first', async () => {
    for (const priority of [3, 1, 2]) await queue.add({ priority }, { priority });
    const order: number[] = [];
    const done = heard('completed', 3);
    void queue.process(async (job) => order.push((job.data as { priority: number }).priority));
    await done;
    expect(order).toEqual([1, 2, 3]);
  });

  test('works on as many jobs at a time as it is told', async () => {
    let running = 0;
    let most = 0;
    const done = heard('completed', 6);
    void queue.process(3, async () => {
      most = Math.max(most, ++running);
      await sleep(50);
      running--;
    });
    await queue.addBulk(Array.from({ length: 6 }, (_, n) => ({ data: { n } })));
    await done;
    expect(most).toBe(3);
  });

  test('repeats a job every so often, until it is told not to', async () => {
    const done = heard('completed', 2);
    void queue.process(async () => undefined);
    await queue.add({}, { repeat: { every: 300 } });
    await done;
    const [job] = await queue.getRepeatableJobs();
    await queue.removeRepeatableByKey(job!.key);
    expect(await queue.getRepeatableJobs()).toEqual([]);
  });

  test('repeats a job by cron in a time zone', async () => {
    const done = heard('completed');
    void queue.process(async () => undefined);
    await queue.add({}, { repeat: { cron: '*/1 * * * * *', tz: 'Asia/Shanghai' } });
    await done;
    expect(await queue.getRepeatableJobs()).toMatchObject([{ cron: '*/1 * * * * *', tz: 'Asia/Shanghai' }]);
  });

  test('pauses and goes on', async () => {
    let ran = false;
    void queue.process(async () => (ran = true));
    await queue.pause();
    const job = await queue.add({});
    await sleep(200);
    expect(ran).toBe(false);
    await queue.resume();
    await job.finished();
  });

  test('keeps to a limit of jobs per time', async () => {
    const slow = open(`limited-${kind}`, { limiter: { max: 2, duration: 500 } });
    const done = heard('completed', 4, slow);
    void slow.process(async () => undefined);
    const began = Date.now();
    await slow.addBulk(Array.from({ length: 4 }, (_, n) => ({ data: { n } })));
    await done;
    expect(Date.now() - began).toBeGreaterThanOrEqual(450);
  });

  test('gives the job of a worker that was killed to another one', async () => {
    const settings = { lockDuration: 500, stalledInterval: 300, maxStalledCount: 2 };
    const living = open(`stalled-${kind}`, { settings });
    const job = await living.add({});
    const active = heard('global:active', 1, living);
    const script = `
      const Redis = require('ioredis');
      const createClient = (type, more) =>
        new Redis(process.argv[1], { ...more, maxRetriesPerRequest: null, enableReadyCheck: false });
      const queue = new (require('bull'))(process.argv[2], { settings: ${JSON.stringify(settings)}, createClient });
      queue.process(() => new Promise(() => undefined));
    `;
    const worker = spawn(process.execPath, ['-e', script, redis.url, living.name], {
      cwd: __dirname,
      stdio: 'inherit',
    });
    await active;
    worker.kill('SIGKILL');
    const done = heard('completed', 1, living);
    void living.process(async () => 'rescued');
    const [completed] = (await done)[0] as [Job];
    expect(completed).toMatchObject({ id: job.id, returnvalue: 'rescued' });
  });

  test('keeps log lines, updates data, removes and cleans up', async () => {
    void queue.process(async (job) => {
      await job.log('first');
      await job.log('second');
      await job.update({ changed: true });
    });
    const job = await queue.add({});
    await job.finished();
    expect(await queue.getJobLogs(job.id)).toEqual({ logs: ['first', 'second'], count: 2 });
    expect((await queue.getJob(job.id))?.data).toEqual({ changed: true });
    await sleep(20);
    expect(await queue.clean(0, 'completed')).toHaveLength(1);
    expect(await queue.getJob(job.id)).toBeNull();
  });

  test('removes completed jobs when it is told so', async () => {
    void queue.process(async () => undefined);
    const job = await queue.add({}, { removeOnComplete: true });
    await job.finished();
    expect(await queue.getJob(job.id)).toBeNull();
  });

  test('closes when its jobs are done', async () => {
    let ended = false;
    const active = heard('active');
    void queue.process(async () => {
      await sleep(300);
      ended = true;
    });
    await queue.add({});
    await active;
    await queue.close();
    expect(ended).toBe(true);
  });
});

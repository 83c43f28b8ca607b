import { InjectQueue } from '@nestjs/bull';
import { Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import { TaskStore } from '../tasks/task-store';

export const TASK_QUEUE = 'tasks';

/** Whoever takes a job claims its task at once, in milliseconds. */
const CLAIMED_WITHIN_MS = 5_000;

/** What a job carries: an id, never people. */
export interface TaskJob {
  taskId: number;
}

/**
 * Hands tasks to workers. Redis is only the messenger: a job says "look at this task", and whether there is anything
 * to do is decided in Postgres. A job that is lost is put in again by the sweeper, one that comes twice does nothing.
 */
@Injectable()
export class TaskQueue {
  constructor(
    @InjectQueue(TASK_QUEUE) private readonly queue: Queue<TaskJob>,
    private readonly store: TaskStore,
  ) {}

  /** Puts in the next task of the source, or of every source, if it is its turn. */
  async enqueueDue(sourceId?: number): Promise<void> {
    const due = await this.store.due(sourceId);
    await Promise.all(due.map((task) => this.enqueue(task)));
  }

  /** How many worker processes listen to the queue; null when this Redis does not tell its clients apart. */
  async workers(): Promise<number | null> {
    const { db = 0 } = this.queue.client.options;
    // Clients of all databases are in the list, those of another Rollcall, too.
    const clients = (await this.queue.getWorkers()) as Record<string, string>[] | undefined;
    return clients?.filter((client) => Number(client['db']) === db).length ?? null;
  }

  private async enqueue(task: { id: number; claims: number; next_attempt_at: Date | null }): Promise<void> {
    const delay = Math.max(0, (task.next_attempt_at?.getTime() ?? 0) - Date.now());
    // Bull refuses a second job of the same id, so the id names this very turn of the task.
    const turn = `${task.id}-${task.claims}`;
    const jobId = (await this.isLost(turn)) ? `${turn}-${Math.floor(Date.now() / CLAIMED_WITHIN_MS)}` : turn;
    await this.queue.add({ taskId: task.id }, { jobId, delay, removeOnComplete: true, removeOnFail: true });
  }

  /**
   * A worker was killed, or hangs, between the job and the claim of its task: Bull would keep the job for it for another minute or more.
   * When it has not even begun, it is known only when the job was to be taken: a second one does nothing.
   */
  private async isLost(jobId: string): Promise<boolean> {
    const job = await this.queue.getJob(jobId);
    if (!job) return false;
    const { processedOn, timestamp, opts } = job;
    if ((processedOn ?? timestamp + (opts.delay ?? 0)) > Date.now() - CLAIMED_WITHIN_MS) return false;
    return processedOn !== undefined || job.isActive();
  }
}

import { Process, Processor } from '@nestjs/bull';
import type { Job } from 'bull';
import { Spine } from '../engine/spine';
import { TASK_QUEUE, type TaskJob, TaskQueue } from './task-queue';

/** Tasks that one worker runs at a time, each of another source. */
const CONCURRENCY = 4;

/** Takes tasks from the queue. */
@Processor(TASK_QUEUE)
export class TaskProcessor {
  constructor(
    private readonly spine: Spine,
    private readonly queue: TaskQueue,
  ) {}

  @Process({ concurrency: CONCURRENCY })
  async process(job: Job<TaskJob>): Promise<void> {
    const task = await this.spine.run(job.data.taskId);
    if (task?.source_id) await this.queue.enqueueDue(task.source_id);
  }
}

import { Process, Processor } from '@nestjs/bull';
import { Logger } from '@nestjs/common';
import type { Job } from 'bull';
import { Spine } from '../engine/spine';
import { TASK_QUEUE, type TaskJob, TaskQueue } from './task-queue';

/** Tasks that one worker runs at a time, each of another source. */
const CONCURRENCY = 4;

/** Takes tasks from the queue. */
@Processor(TASK_QUEUE)
export class TaskProcessor {
  private readonly logger = new Logger(TaskProcessor.name);

  constructor(
    private readonly spine: Spine,
    private readonly queue: TaskQueue,
  ) {}

  @Process({ concurrency: CONCURRENCY })
  async process(job: Job<TaskJob>): Promise<void> {
    const { taskId } = job.data;
    try {
      const task = await this.spine.run(taskId);
      if (task?.source_id) await this.queue.enqueueDue(task.source_id);
    } catch (error) {
      // How a task ends is stored, whatever it met: this is about storing it. Bull would keep that to itself.
      this.logger.error(
        { err: error, taskId },
        'The task could not be ended; another worker goes on when its lease is over',
      );
      throw error;
    }
  }
}

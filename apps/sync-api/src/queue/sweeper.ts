import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { TaskLeases } from '../tasks/task-leases';
import { TaskQueue } from './task-queue';

const EVERY_MS = 3_000;

/** Finds tasks whose worker died or whose job was lost, and puts them in again. Any number of processes may sweep. */
@Injectable()
export class Sweeper {
  private readonly logger = new Logger(Sweeper.name);
  private failing = false;

  constructor(
    private readonly leases: TaskLeases,
    private readonly queue: TaskQueue,
  ) {}

  @Interval(EVERY_MS)
  async sweep(): Promise<void> {
    try {
      const lost = await this.leases.requeueLost();
      for (const taskId of lost)
        this.logger.warn({ taskId }, 'The worker of this task fell silent; another one goes on');
      await this.queue.enqueueDue();
      this.failing = false;
    } catch (error) {
      // Postgres or Redis is away: the next sweep finds what this one could not. Said once, not every three seconds.
      if (!this.failing) this.logger.error({ err: error }, 'Looking for lost tasks failed; trying again');
      this.failing = true;
    }
  }
}

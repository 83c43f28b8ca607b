import { Inject, Injectable } from '@nestjs/common';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { TASK_STATUSES } from '../tasks/task.entity';
import { lastSuccessOf } from '../tasks/up-to-date-sql';

/** Counting tasks reads an index of all of them; nobody needs that more often. */
const FRESH_MS = 15_000;

const LAST_SUCCESS = `
  select s.name, extract(epoch from success.finished_at)::float8 as seconds
  from sources s cross join lateral (${lastSuccessOf('s.id')}) success
  where s.deleted_at is null and s.enabled`;

/** The metrics of this process, and what the database says about tasks when somebody looks. */
@Injectable()
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests: Histogram<'method' | 'route' | 'status'>;
  private readonly lastSuccess: Gauge<'source'>;
  private readonly tasks: Gauge<'status'>;
  private countedAt = 0;

  constructor(@Inject(PG_POOL) private readonly pool: Pool) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      name: 'rollcall_http_request_duration_seconds',
      help: 'Time to answer a request, by its route',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30],
      registers,
    });
    this.lastSuccess = new Gauge({
      name: 'rollcall_source_last_success_timestamp_seconds',
      help: 'When a read, push or snapshot last brought the source up to date; absent when none has',
      labelNames: ['source'],
      registers,
    });
    this.tasks = new Gauge({ name: 'rollcall_tasks', help: 'Tasks by status', labelNames: ['status'], registers });
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** One answered request. `route` is the pattern, not the address: addresses are without number. */
  answered(method: string, route: string, status: number, seconds: number): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  /** The text that Prometheus reads. */
  async text(): Promise<string> {
    const successes = await this.pool.query<{ name: string; seconds: number }>(LAST_SUCCESS);
    this.lastSuccess.reset();
    for (const { name, seconds } of successes.rows) this.lastSuccess.set({ source: name }, seconds);
    await this.countTasks();
    return this.registry.metrics();
  }

  private async countTasks(): Promise<void> {
    if (Date.now() - this.countedAt < FRESH_MS) return;
    this.countedAt = Date.now();
    const { rows } = await this.pool.query<{ status: string; count: number }>(
      // Whoever asked for a preview looks at it anyway.
      `select status, count(*) filter (where status <> 'held' or held_reason <> 'preview') as count from tasks group by status`,
    );
    const counts = new Map(rows.map(({ status, count }) => [status, count]));
    for (const status of TASK_STATUSES) this.tasks.set({ status }, counts.get(status) ?? 0);
  }
}

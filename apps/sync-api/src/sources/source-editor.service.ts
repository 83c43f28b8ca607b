import { Inject, Injectable } from '@nestjs/common';
import { type ErrorCode, RollcallError, type SourceAdapter } from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { readsChanges } from '../adapters/reads-changes';
import { AuditService } from '../audit/audit.service';
import type { Caller } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { type SqlSession, inTransaction } from '../engine/sql-session';
import { lockSource, requireKept } from './delete-source';
import { markLeft } from './mark-left';
import { effectivePolicies, mergePolicies } from './policies';
import { SETTLE_AGAIN } from './settle-again';
import { SourceOptions } from './source-options';
import type { CreateSourceBody, UpdateSourceBody } from './source.dto';
import type { Schedule, Source } from './source.entity';
import { overdueAt, type Scheduled, timetable } from './timetable';

/** A deleted source of the same name and type comes back with its records and links. */
const TAKE_BACK = `
  update sources set deleted_at = null, forgotten_at = null
  where id = (
    select id from sources where name = $1 and type = $2 and deleted_at is not null order by deleted_at desc limit 1
  )
  returning id, priority, policies`;

const INSERT = `
  insert into sources (name, type, display_name) values ($1, $2, $1)
  on conflict (name) where deleted_at is null do nothing
  returning id`;

/** With other options the source may state other people: an incremental read could not tell, so a full one is due. */
const WRITE = `
  update sources
  set display_name = $2, enabled = $3, options = $4, secrets = $5, schedule = $6, match_key = $7, priority = $8,
    policies = $9, next_run_at = $10, next_incremental_at = $11, overdue_at = $12, overdue_told_at = case when overdue_at is not distinct from $12 then overdue_told_at end,
    cursor = case when options = $4 then cursor end, options_version = $13, updated_at = now()
  where id = $1`;

type Times = Pick<Source, 'nextRunAt' | 'nextIncrementalAt' | 'overdueAt'>;

/** By what it counts what a source says. */
type Counting = Pick<Source, 'id' | 'priority' | 'policies'>;

type Settings = Pick<
  Source,
  | 'displayName'
  | 'enabled'
  | 'options'
  | 'secrets'
  | 'optionsVersion'
  | 'schedule'
  | 'matchKey'
  | 'priority'
  | 'policies'
> &
  Times;

/** Makes and changes sources; each together with its entry in the audit. */
@Injectable()
export class SourceEditorService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
    private readonly options: SourceOptions,
    private readonly audit: AuditService,
  ) {}

  /** Returns the id. */
  async create(caller: Caller, body: CreateSourceBody): Promise<number> {
    const adapter = this.registry.installed('source', body.type);
    if (body.schedule) requireSchedulable(adapter, body.schedule, body.options ?? {});
    return this.transact(async (sql) => {
      if ((await sql.query('select from sources where name = $1 and deleted_at is null', [body.name]))[0]) {
        throw nameTaken(body.name);
      }
      const [back] = await sql.query<Counting>(TAKE_BACK, [body.name, body.type]);
      const made = back ?? (await sql.query<{ id: number }>(INSERT, [body.name, body.type]))[0];
      if (!made) throw nameTaken(body.name);
      const [priority, policies] = [body.priority ?? 100, mergePolicies({}, body.policies ?? {})];
      await write(sql, made.id, {
        displayName: body.displayName ?? body.name,
        enabled: body.enabled ?? true,
        ...this.options.create(made.id, adapter, body.options ?? {}),
        schedule: body.schedule ?? null,
        matchKey: body.matchKey ?? [],
        priority,
        policies,
        ...timesOf({ schedule: body.schedule ?? null, enabled: body.enabled ?? true, failures: 0 }),
      });
      if (back) await this.countOtherwise(sql, back, { id: made.id, priority, policies });
      const details = { name: body.name, type: body.type, takenBack: back !== undefined };
      await this.audit.record(caller, 'source.create', `source:${made.id}`, details, sql.connection);
      return made.id;
    });
  }

  async update(caller: Caller, id: number, body: UpdateSourceBody): Promise<void> {
    const fields = Object.entries(body).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    await this.transact(async (sql) => {
      const source = await lockSource(sql, id);
      if (fields.length === 0) return;
      const stored = body.options
        ? this.options.update(source, this.registry.source(source.type), body.options)
        : { options: source.options, secrets: source.secrets, optionsVersion: source.optionsVersion };
      if (body.schedule) requireSchedulable(this.registry.source(source.type), body.schedule, stored.options);
      const priority = body.priority ?? source.priority;
      const policies = mergePolicies(source.policies, body.policies ?? {});
      const enabled = body.enabled ?? source.enabled;
      if (enabled && !source.enabled) await requireKept(sql, source);
      const schedule = body.schedule === undefined ? source.schedule : body.schedule;
      const rescheduled = body.enabled !== undefined || body.schedule !== undefined;
      await write(sql, id, {
        displayName: body.displayName ?? source.displayName,
        enabled,
        ...stored,
        schedule,
        matchKey: body.matchKey ?? source.matchKey,
        priority,
        policies,
        ...(rescheduled ? timesOf({ schedule, enabled, failures: source.failures }) : timesSet(source)),
      });
      await this.countOtherwise(sql, source, { id, priority, policies });
      await this.audit.record(caller, 'source.update', `source:${id}`, { fields }, sql.connection);
    });
  }

  /** What the source said is looked at again where it counts otherwise by its new priority, or by stricter policies. */
  private async countOtherwise(sql: SqlSession, before: Counting, now: Counting): Promise<void> {
    if (now.priority !== before.priority) await sql.query(SETTLE_AGAIN, [[now.id]]);
    const change = { before: effectivePolicies(before.policies), now: effectivePolicies(now.policies) };
    await markLeft(sql, this.registry, now.id, change);
  }

  private transact<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, { prepared: false }, work);
  }
}

async function write(sql: SqlSession, id: number, settings: Settings): Promise<void> {
  const { displayName, enabled, options, secrets, schedule, matchKey, priority, policies } = settings;
  const { nextRunAt, nextIncrementalAt, overdueAt, optionsVersion } = settings;
  const values = [displayName, enabled, options, secrets, schedule, matchKey, priority, policies];
  await sql.query(WRITE, [id, ...values, nextRunAt, nextIncrementalAt, overdueAt, optionsVersion]);
}

/** A schedule counts from now: what was missed while there was none, or while it was disabled, is not made up for. */
function timesOf(scheduled: Scheduled, now = new Date()): Times {
  return { ...timetable(scheduled, now), overdueAt: overdueAt(scheduled, now) };
}

const timesSet = ({ nextRunAt, nextIncrementalAt, overdueAt }: Source): Times => ({
  nextRunAt,
  nextIncrementalAt,
  overdueAt,
});

/** `options`: the ones that it is about to have. */
function requireSchedulable(adapter: SourceAdapter, schedule: Schedule, options: Source['options']): void {
  if (adapter.pull && schedule.incrementalCron !== undefined && !readsChanges(adapter, options)) {
    const message = adapter.incremental
      ? 'cannot be set: with these options the source can only be read in full, nothing in them asks for changes'
      : `cannot be set: a source of type "${adapter.id}" can only be read in full`;
    throw invalid('/schedule/incrementalCron', 'not_schedulable', message);
  }
  if (adapter.pull) return;
  const message = `cannot be set: a source of type "${adapter.id}" reads nothing by itself, its records are pushed`;
  throw invalid('/schedule', 'not_schedulable', message);
}

function nameTaken(name: string): RollcallError {
  return invalid('/name', 'unique', `is taken: there is a source "${name}" already`, 'conflict');
}

function invalid(pointer: string, code: string, message: string, error: ErrorCode = 'invalid_request'): RollcallError {
  return new RollcallError(error, `${pointer}: ${message}.`, { errors: [{ pointer, code, message }] });
}

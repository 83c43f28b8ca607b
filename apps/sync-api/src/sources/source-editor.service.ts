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
  returning id`;

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

/**
 * Whose values win may be another one now: what the records of these resources say is settled again. One that left says nothing,
 * and its leaving is not to be applied once more. $1 source.
 */
const SETTLE_AGAIN = `
  update links l set dirty = true
  from records r
  join links o on o.record_id = r.id and o.shared and o.state <> 'detached'
  where r.source_id = $1 and l.target_id = o.target_id and l.data_type = o.data_type and l.resource_id = o.resource_id
    and l.state <> 'detached' and not l.dirty
    and exists (select from records s where s.id = l.record_id and s.gone is null offset 0)`;

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
      const back = await sql.query<{ id: number }>(TAKE_BACK, [body.name, body.type]);
      const [made] = back[0] ? back : await sql.query<{ id: number }>(INSERT, [body.name, body.type]);
      if (!made) throw nameTaken(body.name);
      await write(sql, made.id, {
        displayName: body.displayName ?? body.name,
        enabled: body.enabled ?? true,
        ...this.options.create(made.id, adapter, body.options ?? {}),
        schedule: body.schedule ?? null,
        matchKey: body.matchKey ?? [],
        priority: body.priority ?? 100,
        policies: mergePolicies({}, body.policies ?? {}),
        ...timesOf({ schedule: body.schedule ?? null, enabled: body.enabled ?? true, failures: 0 }),
      });
      const details = { name: body.name, type: body.type, takenBack: back.length > 0 };
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
        priority: body.priority ?? source.priority,
        policies,
        ...(rescheduled ? timesOf({ schedule, enabled, failures: source.failures }) : timesSet(source)),
      });
      if (body.priority !== undefined && body.priority !== source.priority) await sql.query(SETTLE_AGAIN, [id]);
      const change = { before: effectivePolicies(source.policies), now: effectivePolicies(policies) };
      await markLeft(sql, this.registry, id, change);
      await this.audit.record(caller, 'source.update', `source:${id}`, { fields }, sql.connection);
    });
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

import { Inject, Injectable } from '@nestjs/common';
import { type ErrorCode, isRemoteTarget, RollcallError, type TargetAdapter } from '@rollcall/core';
import { AdapterRegistry } from '../adapters/adapter-registry';
import { AuditService } from '../audit/audit.service';
import type { Caller } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { inTransaction, type SqlSession } from '../engine/sql-session';
import { refusal } from '../http/refusals';
import { mergePolicies } from '../sources/policies';
import { plainNote } from '../tasks/notes';
import { TargetOptions } from './target-options';
import { TargetTasks } from './target-tasks.service';
import type { CreateTargetBody, UpdateTargetBody } from './target.dto';
import { BUILT_IN_TARGETS, type Target } from './target.entity';

const INSERT = `
  insert into targets (name, type, enabled) values ($1, $2, false)
  on conflict (name) where deleted_at is null do nothing
  returning id`;

const LOCK = `
  select id, name, type, enabled, options, secrets, options_version as "optionsVersion", sources, limits, deleted_at as "deletedAt"
  from targets where id = $1 and deleted_at is null for update`;

const WRITE = `
  update targets set enabled = $2, options = $3, secrets = $4, sources = $5, limits = $6, options_version = $7 where id = $1`;

/** Nothing of its settings remains: they hold credentials. */
const DELETE = `
  update targets set deleted_at = now(), enabled = false, options = '{}', secrets = '{}', sources = null where id = $1`;

/** Rollcall forgets what it knows of the target and a source; nothing is written there. $1 target, $2 sources. */
const FORGET = [
  `delete from links l using records r
   where l.target_id = $1 and r.id = l.record_id and r.source_id = any ($2)`,
  `delete from handed_out h using records r
   where h.target_id = $1 and r.id = h.record_id and r.source_id = any ($2)`,
  'delete from waiting_references where target_id = $1 and source_id = any ($2)',
];

type Settings = Pick<Target, 'enabled' | 'options' | 'secrets' | 'optionsVersion' | 'sources' | 'limits'>;

const OFF: Pick<Settings, 'enabled' | 'sources'> = { enabled: false, sources: null };

/** Makes, changes and deletes targets; each together with its entry in the audit and the tasks that follow from it. */
@Injectable()
export class TargetEditorService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly registry: AdapterRegistry,
    private readonly options: TargetOptions,
    private readonly audit: AuditService,
    private readonly tasks: TargetTasks,
  ) {}

  /** Returns the id. */
  async create(caller: Caller, body: CreateTargetBody): Promise<number> {
    const adapter = this.registry.installed('target', body.type);
    requireLimited(adapter, body.limits);
    return this.transact(async (sql) => {
      await this.requireFree(sql, adapter);
      const [made] = await sql.query<{ id: number }>(INSERT, [body.name, body.type]);
      if (!made) throw invalid('/name', 'unique', `is taken: there is a target "${body.name}" already`, 'conflict');
      await requireSources(sql, body.sources);
      const settings: Settings = {
        enabled: body.enabled ?? true,
        ...this.options.create(made.id, adapter, body.options ?? {}),
        sources: body.sources ?? null,
        limits: mergePolicies({}, body.limits ?? {}),
      };
      await write(sql, made.id, settings);
      await this.follow(sql, made.id, adapter, OFF, settings);
      const details = { name: body.name, type: body.type };
      await this.audit.record(caller, 'target.create', `target:${made.id}`, details, sql.connection);
      return made.id;
    });
  }

  async update(caller: Caller, id: number, body: UpdateTargetBody): Promise<void> {
    const fields = Object.entries(body).flatMap(([field, value]) => (value === undefined ? [] : [field]));
    await this.transact(async (sql) => {
      const target = await lock(sql, id);
      const [field] = fields;
      if (field === undefined) return;
      if (BUILT_IN_TARGETS.includes(target.name)) {
        const message = `cannot be changed: the target "${target.name}" is built in, always on and for every source`;
        throw invalid(`/${field}`, 'built_in', message, 'conflict');
      }
      await requireSources(sql, body.sources);
      const adapter = this.registry.target(target.type);
      requireLimited(adapter, body.limits);
      const stored = body.options ? this.options.update(target, adapter, body.options) : target;
      const settings: Settings = {
        enabled: body.enabled ?? target.enabled,
        options: stored.options,
        secrets: stored.secrets,
        optionsVersion: stored.optionsVersion,
        sources: body.sources === undefined ? target.sources : body.sources,
        limits: mergePolicies(target.limits, body.limits ?? {}),
      };
      await write(sql, id, settings);
      await this.follow(sql, id, adapter, target, settings);
      if (settings.enabled && isRemoteTarget(adapter)) {
        await this.tasks.bringRest(sql, id, adapter, settings.sources);
      }
      await this.audit.record(caller, 'target.update', `target:${id}`, { fields }, sql.connection);
    });
  }

  /** What is there stays there. */
  async delete(caller: Caller, id: number): Promise<void> {
    await this.transact(async (sql) => {
      const target = await lock(sql, id);
      if (BUILT_IN_TARGETS.includes(target.name)) throw refusal('target_built_in', { target: target.name });
      const [task] = await sql.query<{ id: number }>(
        `select id from tasks t where status = 'running'
           and (target_id = $1 or exists (select 1 from changes c where c.task_id = t.id and c.target_id = $1))
         limit 1`,
        [id],
      );
      if (task) throw refusal('target_at_work', { target: target.name, taskId: task.id });
      const sources = await allSources(sql);
      // Before its tasks end: what they leave behind there is no concern any more.
      for (const text of FORGET) await sql.query(text, [id, sources]);
      await this.tasks.end(sql, id, sources, {
        code: 'target_deleted',
        values: { target: target.name },
      });
      await sql.query(DELETE, [id]);
      const details = { name: target.name, type: target.type };
      await this.audit.record(caller, 'target.delete', `target:${id}`, details, sql.connection);
    });
  }

  /** Begins and ends what the target gets of each source. A source that does not belong to it any more is forgotten. */
  private async follow(
    sql: SqlSession,
    id: number,
    adapter: TargetAdapter,
    before: Pick<Settings, 'enabled' | 'sources'>,
    now: Pick<Settings, 'enabled' | 'sources'>,
  ): Promise<void> {
    const all = await allSources(sql);
    const began = all.filter((source) => serves(now, source) && !serves(before, source));
    const ended = all.filter((source) => serves(before, source) && !serves(now, source));
    const dropped = all.filter((source) => belongs(before, source) && !belongs(now, source));
    if (ended.length > 0) await this.tasks.end(sql, id, ended, plainNote('target_switched_off'));
    if (dropped.length > 0) for (const text of FORGET) await sql.query(text, [id, dropped]);
    if (began.length > 0) await this.tasks.begin(sql, id, adapter, began);
  }

  /** A target that keeps tables of its own has them once. */
  private async requireFree(sql: SqlSession, adapter: TargetAdapter): Promise<void> {
    if (isRemoteTarget(adapter)) return;
    const [other] = await sql.query<{ name: string }>(
      'select name from targets where type = $1 and deleted_at is null limit 1',
      [adapter.id],
    );
    if (!other) return;
    const message = `is in use by the target "${other.name}": it keeps tables of its own, so there can be only one`;
    throw invalid('/type', 'unique', message, 'conflict');
  }

  private async transact<T>(work: (sql: SqlSession) => Promise<T>): Promise<T> {
    const result = await inTransaction(this.pool, { prepared: false }, work);
    await this.tasks.enqueue();
    return result;
  }
}

const belongs = ({ sources }: Pick<Settings, 'sources'>, source: number): boolean =>
  sources === null || sources.includes(source);

const serves = (target: Pick<Settings, 'enabled' | 'sources'>, source: number): boolean =>
  target.enabled && belongs(target, source);

async function lock(sql: SqlSession, id: number): Promise<Target> {
  // Its ids are small numbers in Postgres as well.
  const [target] = id < 2 ** 15 ? await sql.query<Target>(LOCK, [id]) : [];
  if (target) return target;
  throw new RollcallError('not_found', `There is no target ${id}.`);
}

/** Deleted ones as well, whose records are kept for a while. */
async function allSources(sql: SqlSession): Promise<number[]> {
  return (await sql.query<{ id: number }>('select id from sources where forgotten_at is null')).map(({ id }) => id);
}

async function requireSources(sql: SqlSession, sources: readonly number[] | null | undefined): Promise<void> {
  if (!sources) return;
  const known = await sql.query<{ id: number }>(
    'select id from sources where id = any ($1::integer[]) and deleted_at is null',
    [sources],
  );
  const index = sources.findIndex((id) => !known.some((source) => source.id === id));
  if (index >= 0) throw invalid(`/sources/${index}`, 'exists', `is not the id of a source: ${sources[index] ?? ''}`);
}

/** Limits that nothing is held against would only seem to protect. */
function requireLimited(adapter: TargetAdapter, limits: CreateTargetBody['limits']): void {
  if (!limits || isRemoteTarget(adapter)) return;
  const message = 'is only for targets elsewhere: in tables of this service, the limits of each source count';
  throw invalid('/limits', 'not_limited', message);
}

async function write(sql: SqlSession, id: number, settings: Settings): Promise<void> {
  const { enabled, options, secrets, sources, limits, optionsVersion } = settings;
  await sql.query(WRITE, [id, enabled, options, secrets, sources, limits, optionsVersion]);
}

function invalid(pointer: string, code: string, message: string, error: ErrorCode = 'invalid_request'): RollcallError {
  return new RollcallError(error, `${pointer}: ${message}.`, { errors: [{ pointer, code, message }] });
}

import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { type Caller, callerName } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool, PoolClient } from '../database/postgres';
import { only } from '../engine/sql-session';
import { prefixPattern } from '../http/like';
import { type Page, pageOf, sortOf } from '../http/page';
import { logContext } from '../logs/request-context';
import type { AuditEntryView, AuditQuery } from './audit.dto';
import { AuditEntry } from './audit-entry.entity';
import { subjectNames } from './subject-names';

/** The service itself, or somebody at the machine. */
export const SYSTEM = { kind: 'system' } as const;

/** Keeps who changed what. */
@Injectable()
export class AuditService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    @InjectRepository(AuditEntry) private readonly entries: Repository<AuditEntry>,
  ) {}

  /**
   * Adds an entry. `subject` is what it was done to (`source:7`); `details` say what changed, without secrets and
   * without people's data. Give `client` to let it commit with the change itself. Returns its id.
   *
   * @example `await audit.record(caller, 'source.update', `source:${id}`, { fields: ['schedule'] }, client)`
   */
  async record(
    caller: Caller | typeof SYSTEM,
    action: string,
    subject: string,
    details: Record<string, unknown> = {},
    client: Pool | PoolClient = this.pool,
  ): Promise<number> {
    const [id, name] = actor(caller);
    const { requestId = null, address = null } = logContext();
    const { rows } = await client.query<{ id: number }>(
      `insert into audit (actor_kind, actor_id, actor_name, action, subject, details, request_id, address)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning id`,
      [caller.kind, id, name, action, subject, JSON.stringify(details), requestId, address],
    );
    return only(rows).id;
  }

  async list(query: AuditQuery): Promise<Page<AuditEntryView>> {
    const selection = this.entries.createQueryBuilder('entry');
    if (query.subject) selection.andWhere('entry.subject = :subject', { subject: query.subject });
    if (query.action) selection.andWhere('entry.action like :action', { action: prefixPattern(query.action) });
    if (query.since) selection.andWhere('entry.at >= :since', { since: query.since });
    if (query.until) selection.andWhere('entry.at < :until', { until: query.until });
    if (query.q) {
      selection.andWhere('lower(entry.actorName) like :name', { name: prefixPattern(query.q.toLowerCase()) });
    }
    const { property, direction } = sortOf(query.sort, ['id', 'at', 'action'], '-at');
    const [rows, total] = await selection
      .orderBy(`entry.${property}`, direction)
      .addOrderBy('entry.id', direction)
      .skip(query.offset)
      .take(query.pageSize)
      .getManyAndCount();
    const names = await subjectNames(
      this.pool,
      rows.map(({ subject }) => subject),
    );
    return pageOf(
      rows.map((row) => viewOf(row, names)),
      total,
      query,
    );
  }
}

function viewOf(entry: AuditEntry, names: ReadonlyMap<string, string>): AuditEntryView {
  const { id, at, action, subject, details, requestId, address } = entry;
  return {
    id,
    at,
    actor: { kind: entry.actorKind, id: entry.actorId, name: entry.actorName },
    action,
    subject,
    subjectNames: Object.fromEntries(
      subject.split('/').flatMap((part) => {
        const name = names.get(part);
        return name === undefined ? [] : [[part, name]];
      }),
    ),
    details,
    requestId,
    address,
  };
}

function actor(caller: Caller | typeof SYSTEM): [number | null, string] {
  if (caller.kind === 'system') return [null, 'system'];
  return [caller.kind === 'admin' ? caller.adminId : caller.keyId, callerName(caller)];
}

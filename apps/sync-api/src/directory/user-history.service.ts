import { Inject, Injectable } from '@nestjs/common';
import type { FieldDifference } from '@rollcall/core';
import { MessageTexts } from '../adapters/message-texts';
import { type Caller, may } from '../auth/caller';
import { PG_POOL } from '../database/pg-pool';
import type { Pool } from '../database/postgres';
import { only } from '../engine/sql-session';
import { type Page, type PageQuery, pageOf } from '../http/page';
import { type ReferenceNames, namesFor, namesOf, referencesOf } from '../tasks/reference-names';
import { type DifferenceParts, shownDifferences } from '../tasks/shown-differences';
import { USER_HISTORY } from './sql/user-history';
import type { HandLinkedRecordView, ChangedMembershipView, UserChangeView } from './user-change.dto';

interface HistoryRow
  extends
    Omit<
      UserChangeView,
      | 'code'
      | 'field'
      | 'message'
      | 'texts'
      | 'fields'
      | 'waits'
      | keyof ReferenceNames
      | 'locked'
      | 'unlocked'
      | 'protected'
      | 'department'
      | 'record'
      | 'diff'
    >,
    Omit<DifferenceParts, 'action' | 'outcome'> {
  code: string | null;
  field: string | null;
  message: string | null;
  /** Of the audit entry. */
  details: HandDetails | null;
  diff: FieldDifference[];
  sourceId: number | null;
}

interface HandDetails {
  changed?: string[];
  field?: string;
  locked?: string[];
  unlocked?: string[];
  protected?: boolean;
  department?: { id: number; title: string | null };
  record?: HandLinkedRecordView | null;
  isMain?: boolean;
  isOwner?: boolean;
}

/** Reads what happened to a user, by tasks and by hand. One statement a page. */
@Injectable()
export class UserHistoryService {
  constructor(
    @Inject(PG_POOL) private readonly pool: Pool,
    private readonly texts: MessageTexts,
  ) {}

  async page(userId: number, query: PageQuery, caller: Caller): Promise<Page<UserChangeView>> {
    const { rows } = await this.pool.query<{ total: number; items: HistoryRow[] }>(USER_HISTORY, [
      userId,
      query.pageSize,
      query.offset,
    ]);
    const { total, items } = only(rows);
    const seesBefore = may(caller, 'operate');
    const names = await this.names(items);
    return pageOf(
      items.map((row) => view(row, seesBefore, this.texts, names.get(row.sourceId) ?? {})),
      total,
      query,
    );
  }

  /** What they are called whom the changes of a page name, by source: mostly there is one. */
  private async names(items: readonly HistoryRow[]): Promise<ReadonlyMap<number | null, ReferenceNames>> {
    const bySource = new Map<number | null, FieldDifference[]>();
    for (const { sourceId, diff } of items) bySource.set(sourceId, [...(bySource.get(sourceId) ?? []), ...diff]);
    return new Map(
      await Promise.all(
        [...bySource].map(async ([id, diff]) => [id, await namesOf(this.pool, id, referencesOf(diff))] as const),
      ),
    );
  }
}

function view(
  { details, code, field, message, ...row }: HistoryRow,
  seesBefore: boolean,
  messages: MessageTexts,
  names: ReferenceNames,
): UserChangeView {
  const fields = details && (details.changed ?? (details.field === undefined ? undefined : [details.field]));
  const diff = shownDifferences(row.diff, row);
  const shown = seesBefore ? diff : diff.map(({ before: _before, ...rest }) => rest);
  const texts = message === null ? undefined : messages.of(message);
  return {
    at: new Date(row.at).toISOString(),
    task: row.task,
    by: row.by,
    target: row.target,
    uid: row.uid,
    action: row.action,
    outcome: row.outcome,
    ...(code && { code }),
    ...(field && { field }),
    ...(message && { message }),
    ...(texts && { texts }),
    diff: shown,
    ...namesFor(shown, names),
    // Differences say it themselves.
    ...(row.waiting && row.diff.length === 0 && row.outcome === 'applied' && { waits: row.waiting }),
    ...(fields && { fields }),
    ...(details?.locked && { locked: details.locked }),
    ...(details?.unlocked && { unlocked: details.unlocked }),
    ...(details?.protected !== undefined && { protected: details.protected }),
    ...(details?.department && { department: membership(details.department, details) }),
    ...(details?.record && { record: details.record }),
  };
}

function membership(
  department: NonNullable<HandDetails['department']>,
  { isMain, isOwner }: HandDetails,
): ChangedMembershipView {
  return { ...department, ...(isMain !== undefined && { isMain }), ...(isOwner !== undefined && { isOwner }) };
}

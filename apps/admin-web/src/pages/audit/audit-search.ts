import type { AuditListQuery } from '../../api/audit';
import { type ListSearch, readListSearch, readQuery } from '../../ui/list-search';

/** What one may look at alone: how the actions of it begin. */
export const AUDIT_AREAS = [
  'auth',
  'source',
  'target',
  'task',
  'user',
  'department',
  'membership',
  'link',
  'api_key',
  'admin',
] as const;
export type AuditArea = (typeof AUDIT_AREAS)[number];

export interface AuditSearch extends ListSearch {
  q?: string | undefined;
  area?: AuditArea | undefined;
  /** `source:7` */
  subject?: string | undefined;
  /** First and last day, `2026-11-27`, where the reader is. */
  from?: string | undefined;
  to?: string | undefined;
}

const SUBJECT = /^[a-z_]+(:[\w.:/-]{1,100})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the address; what nobody could have chosen here is left out. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const area = AUDIT_AREAS.find((known) => known === search['area']);
  const subject = matching(search['subject'], SUBJECT);
  const from = matching(search['from'], DAY);
  const to = matching(search['to'], DAY);
  return {
    ...readQuery(search),
    ...(area && { area }),
    ...(subject !== undefined && { subject }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...readListSearch(search),
  };
}

/** The same as the API takes it: days become the moments at which they begin and are over. */
export function auditListQuery({ area, from, to, ...rest }: AuditSearch): AuditListQuery {
  const since = startOf(from, 0);
  const until = startOf(to, 1);
  return { ...rest, ...(area && { action: `${area}.` }), ...(since && { since }), ...(until && { until }) };
}

function startOf(day: string | undefined, daysLater: number): string | undefined {
  const [year, month, date] = (day ?? '').split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const start = new Date(year, month - 1, date + daysLater);
  return Number.isFinite(start.getTime()) ? start.toISOString() : undefined;
}

function matching(value: unknown, pattern: RegExp): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

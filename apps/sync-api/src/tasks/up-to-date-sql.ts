/** SQL: task `t` came to its end with all that it was to read; single records may have failed. */
export const readWell = (t: string): string =>
  `(${t}.status in ('succeeded', 'partially_succeeded') and ${t}.read_failure is null)`;

/**
 * SQL: task `t` brought its source up to date: a read, a push or a snapshot. What is done for single people (live events,
 * syncs and links by hand), for a target (backfills) or back (undo) says nothing about how old the rest is. Single records may
 * have failed, as for `overdue_at` (see `pullEnded`): one wrong address must not make a source look as if nobody read it.
 */
export const broughtUpToDate = (t: string): string =>
  `(${t}.kind in ('pull', 'push', 'snapshot') and not ${t}.dry_run and ${readWell(t)})`;

const last = (column: string, source: string): string =>
  `select b.${column} from tasks b where b.source_id = ${source} and ${broughtUpToDate('b')} order by b.id desc limit 1`;

/** SQL: when `source`, an id, was last brought up to date, as `finished_at`; no row: never. */
export const lastSuccessOf = (source: string): string => last('finished_at', source);

/** SQL: by which task that was. */
export const lastSuccessIdOf = (source: string): string => last('id', source);

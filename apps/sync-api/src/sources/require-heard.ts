import type { SqlSession } from '../engine/sql-session';
import { ofSource, refusal } from '../http/refusals';
import type { Source } from './source.entity';

/**
 * A target that holds people of the source, and gets nothing of it at present. $1 source. Returns `name`.
 */
const DEAF_TARGET = `
  select g.name from targets g
  where g.deleted_at is null
    and (
      not (g.enabled and (g.sources is null or $1 = any (g.sources)))
      or exists (select from target_reviews v where v.target_id = g.id and v.source_id = $1)
    )
    and exists (
      select from records r join links l on l.target_id = g.id and l.record_id = r.id
      where r.source_id = $1 and l.state not in ('deleted', 'detached')
    )
  order by g.id limit 1`;

/** Nothing of the source is left that could bring it later: whoever is to be removed would stay there for ever. */
export async function requireHeard(
  sql: SqlSession,
  source: Pick<Source, 'id' | 'name' | 'displayName'>,
): Promise<void> {
  const [target] = await sql.query<{ name: string }>(DEAF_TARGET, [source.id]);
  if (target) throw refusal('source_removal_unheard', { ...ofSource(source), target: target.name });
}

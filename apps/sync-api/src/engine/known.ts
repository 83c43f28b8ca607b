import { type KnownRecords, readRecord, type SourceAdapter } from '@rollcall/core';
import type { Run } from './run';
import { KNOWN_UIDS } from './sql/known';

/** Of which uids a source has records; for its adapter. */
export function knownTo(run: Run, { uidCase }: Pick<SourceAdapter, 'uidCase'>): KnownRecords['known'] {
  return async (dataType, uids) => {
    const stored = new Map(uids.map((uid) => [uid, readRecord(dataType, { uid }, { uidCase }).uid]));
    const asked = [...new Set(stored.values())].filter((uid) => uid !== null);
    const rows = await run.transact((sql) => sql.query<{ uid: string }>(KNOWN_UIDS, [run.source.id, dataType, asked]));
    const known = new Set<string | null>(rows.map(({ uid }) => uid));
    return new Set(uids.filter((uid) => known.has(stored.get(uid) ?? null)));
  };
}

import { type KnownRecord, type KnownRecords, readRecord, type SourceAdapter } from '@rollcall/core';
import type { Run } from './run';
import { KNOWN_UIDS } from './sql/known';

/** Of which uids a source has records, and who of them left; for its adapter. */
export function knownTo(run: Run, { uidCase }: Pick<SourceAdapter, 'uidCase'>): KnownRecords['known'] {
  return async (dataType, uids) => {
    const stored = new Map(uids.map((uid) => [uid, readRecord(dataType, { uid }, { uidCase }).uid]));
    const asked = [...new Set(stored.values())].filter((uid) => uid !== null);
    const rows = await run.transact((sql) =>
      sql.query<{ uid: string; gone: boolean }>(KNOWN_UIDS, [run.source.id, dataType, asked]),
    );
    const known = new Map<string | null, KnownRecord>(rows.map(({ uid, gone }) => [uid, gone ? 'gone' : 'there']));
    return new Map(
      uids.flatMap((uid) => {
        const found = known.get(stored.get(uid) ?? null);
        return found ? [[uid, found] as const] : [];
      }),
    );
  };
}

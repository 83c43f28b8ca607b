import { type DataType, type RecordWarning, readRecord, seenHash } from '@rollcall/core';
import type { StagedRecord } from '../engine/stage';

export interface ReadRecords {
  /** One for each uid, and one for each record without a uid, in the order of the request. */
  staged: StagedRecord[];
  warnings: ({ uid: string | null } & RecordWarning)[];
}

/** Warnings named in an answer; a script that sends a reserved field sends it with every record. */
const MAX_WARNINGS = 100;

/**
 * Reads the records of a push. A uid that comes twice with the same content counts once; with different content the
 * record fails, because nobody can say which of the two is meant.
 */
export function readRecords(
  dataType: DataType,
  raws: readonly unknown[],
  uidCase: 'sensitive' | 'insensitive' | undefined,
): ReadRecords {
  const byUid = new Map<string, { staged: StagedRecord; hash: string }>();
  const staged: StagedRecord[] = [];
  const warnings: ReadRecords['warnings'] = [];
  for (const [position, raw] of raws.entries()) {
    const record = readRecord(dataType, raw, { uidCase });
    for (const warning of record.warnings) {
      if (warnings.length < MAX_WARNINGS) warnings.push({ uid: record.uid, ...warning });
    }
    const entry = { position, dataType, record };
    const first = record.uid === null ? undefined : byUid.get(record.uid);
    if (!first) {
      staged.push(entry);
      if (record.uid !== null) byUid.set(record.uid, { staged: entry, hash: seenHash(record) });
    } else if (first.hash !== seenHash(record)) {
      first.staged.record = {
        ...first.staged.record,
        payload: {},
        cleared: [],
        gone: false,
        failure: {
          code: 'duplicate_uid',
          field: 'uid',
          message: `Records ${first.staged.position + 1} and ${position + 1} have this uid and say different things. Send it once.`,
        },
      };
    }
  }
  return { staged, warnings };
}

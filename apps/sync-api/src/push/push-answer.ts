import type { DataType } from '@rollcall/core';
import type { Reading } from '../engine/reading';
import { messageOf } from '../tasks/notes';
import { totalsOf } from '../tasks/task-counts';
import type { TaskRow } from '../tasks/task-row';
import type { ReadRecords } from './read-records';

export interface FailedRecord {
  record: unknown;
  message: string;
  code: string;
  field: string | null;
}

export interface PushResult {
  resource: string;
  detail: { count: { all: number; success: number; failed: number }; failedRecords: FailedRecord[] };
}

/** The answer to a push that ran to its end. `code` and `message` are for scripts that look at nothing else. */
export interface PushAnswer {
  data: {
    code: 0;
    message: 'success';
    status: TaskRow['status'];
    summary: string;
    taskId: number;
    result: PushResult[];
    /** Targets that get it a little later. */
    pending?: string[];
    warnings?: ReadRecords['warnings'];
  };
}

/** A failed change of the pushed records. */
export interface PushFailure {
  target_id: number;
  position: number;
  /** Null: the record was refused before it became a change. */
  action: string | null;
  code: string;
  field: string | null;
  message: string;
}

interface Pushed {
  dataType: DataType;
  records: readonly unknown[];
  warnings: ReadRecords['warnings'];
}

/** Puts the outcome of a task into words and numbers, target by target in the order in which they were applied. */
export function pushAnswer(
  task: TaskRow,
  readings: readonly Reading[],
  pushed: Pushed,
  failures: readonly PushFailure[],
  pending: string[],
): PushAnswer {
  const distinct = task.read[pushed.dataType] ?? 0;
  const refused = failures.filter((failure) => failure.action === null).length;
  const result = readings
    .filter((reading) => reading.dataType === pushed.dataType)
    .map((reading, index): PushResult => {
      const failed = failures.filter((failure) => failure.target_id === reading.targetId);
      const all = index === 0 ? distinct : distinct - refused;
      return {
        resource: reading.targetName,
        detail: {
          count: { all, success: all - failed.length, failed: failed.length },
          failedRecords: failed.map(({ position, code, field, message }) => ({
            record: pushed.records[position],
            message,
            code,
            field,
          })),
        },
      };
    });
  return {
    data: {
      code: 0,
      message: 'success',
      status: task.status,
      summary: summary(task, distinct, new Set(failures.map((failure) => failure.position)).size),
      taskId: task.id,
      result,
      ...(pending.length > 0 && { pending }),
      ...(pushed.warnings.length > 0 && { warnings: pushed.warnings }),
    },
  };
}

function summary(task: TaskRow, all: number, failed: number): string {
  const counts = Object.entries(totalsOf(task.counts)).map(([target, count]) => {
    const parts = (Object.entries(count) as [string, number][]).flatMap(([name, n]) => (n > 0 ? `${n} ${name}` : []));
    return `${target}: ${parts.join(', ') || 'nothing to do'}`;
  });
  const result = failed === 0 ? `${all} of ${all} records are in step` : `${failed} of ${all} records failed`;
  const away = task.notes?.filter(({ code }) => code === 'taken_back') ?? [];
  return [`${result}; ${counts.join('; ')}.`, messageOf(away)].filter(Boolean).join(' ');
}

import type { Batch } from '@rollcall/core';
import { madeOnce } from './made-once';
import type { Reading } from './reading';
import type { Run } from './run';
import { fillBatchSql, finishBatchSql, notApplicableSql, secondTrySql } from './sql/batch';
import { fillUndoSql, finishUndoSql, secondUndoTrySql, untouchedNoMoreSql } from './sql/undo-batch';

/** What makes and ends a batch; what lies between is the target's. */
export interface BatchStatements {
  /** `creates`: see `fillBatchSql`. */
  fill: (creates: boolean) => string;
  /** What `fill` takes after the range. */
  fillParameters: readonly unknown[];
  notApplicable: string;
  finish: (actions: Batch['actions']) => string;
  secondTry: string;
}

/** The statement that ends a batch asks only which actions are in it. */
const named = (actions: Batch['actions']): string =>
  Object.entries(actions)
    .flatMap(([action, n]) => (n > 0 ? [action] : []))
    .sort()
    .join(' ');

/** A sync applies what records say, an undo what stood there before. */
export function batchStatements({ task, source, large }: Run, reading: Reading): BatchStatements {
  if (task.kind === 'undo') {
    return {
      fill: () => fillUndoSql(reading),
      fillParameters: [source.id, task.undoes],
      notApplicable: untouchedNoMoreSql(reading),
      finish: (actions) => finishUndoSql(reading, actions),
      secondTry: secondUndoTrySql(reading),
    };
  }
  return madeOnce(reading, `batch ${large}`, () => ({
    fill: (creates) =>
      madeOnce(reading, `fill ${large} ${creates}`, () => fillBatchSql(reading, { ranged: large, creates })),
    fillParameters: [],
    notApplicable: notApplicableSql(reading),
    finish: (actions) => madeOnce(reading, `finish ${named(actions)}`, () => finishBatchSql(reading, actions)),
    secondTry: secondTrySql(reading),
  }));
}

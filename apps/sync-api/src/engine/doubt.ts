import type { DataType } from '@rollcall/core';
import type { Limited } from '../sources/policies';
import { WINDOW } from './sql/losses';

/** More would go than a limit of the source, or of a remote target, lets one task take away. */
export interface LimitDoubt {
  kind: 'limit';
  limit: Limited;
  /** Of which records; null: of all that a remote target has. */
  dataType: DataType | null;
  /** The remote target whose limit it is; null: the source's own. */
  target: string | null;
  /** What would go, `recent` included. */
  n: number;
  /** Those that went within the last hour. */
  recent: number;
  /** Of so many. */
  live: number;
  /** Beyond 5, a task is held above `count`, and above `percent` per cent of `live`. */
  count: number;
  percent: number;
  /** Limit `cleared`: of which fields. */
  fields: string[];
}

/** A data type that the source used to have was answered with none. */
export interface EmptyDoubt {
  kind: 'empty';
  dataType: DataType;
}

/** The plan takes away what an admin has refused to take away before. */
export interface RejectedDoubt {
  kind: 'rejected';
  /** Whose plan was rejected; null: the task is not kept any more. */
  taskId: number | null;
  n: number;
  /** '' alone: records themselves leave; else what they lose: `departments`, or values of fields. */
  fields: string[];
}

/** Why an admin must look at a plan before it is applied; kept with the task, so that pages can say it in any language. */
export type Doubt = LimitDoubt | EmptyDoubt | RejectedDoubt;

/** The doubt as a sentence of the task's message. */
export function doubtText(doubt: Doubt): string {
  switch (doubt.kind) {
    case 'limit':
      return limitText(doubt);
    case 'empty':
      return `The source used to have ${doubt.dataType}s and now answered with none. Approve only if that is true.`;
    case 'rejected': {
      const when = doubt.taskId === null ? 'before' : `with task ${doubt.taskId}`;
      return `${rejectedText(doubt)} in this plan had been rejected ${when}. Approve only if that decision no longer stands.`;
    }
  }
}

/** Nobody is said to be removed by a plan that clears a field. */
function rejectedText({ n, fields }: RejectedDoubt): string {
  const [first] = fields;
  if (first === '') return n === 1 ? 'A removal' : `Removals of ${n} records`;
  if (first === 'departments') return n === 1 ? 'A loss of memberships' : `Losses of memberships of ${n} people`;
  return `${n === 1 ? 'A cleared value' : `Cleared values of ${n} records`} (${shown(fields)})`;
}

const shown = (fields: readonly string[]): string =>
  `${fields.slice(0, 5).join(', ')}${fields.length > 5 ? ', …' : ''}`;

function limitText(doubt: LimitDoubt): string {
  const { target, recent, n, live, percent, count } = doubt;
  if (target !== null) {
    const verb = doubt.limit === 'deletes' ? 'deleted' : 'disabled';
    const loss = recent > 0 ? `${n - recent} would be ${verb}` : `${n} of ${live} would be ${verb}`;
    return `${loss} on "${target}"${withRecent(doubt)}: more than its limit of ${percent} % or ${count}.`;
  }
  return `${lossText(doubt)}${recent > 0 ? withRecent(doubt) : `, of ${live}`}: more than the limit of ${percent} % or ${count}.`;
}

/** What went before is no part of the plan, and counts. */
const withRecent = ({ n, recent, live }: LimitDoubt): string =>
  recent > 0 ? `, which with the ${recent} of the last ${WINDOW} makes ${n} of ${live}` : '';

function lossText({ limit, dataType, n, recent, fields }: LimitDoubt): string {
  const planned = n - recent;
  const some = (noun: string): string => `${planned} ${noun}${planned === 1 ? '' : 's'}`;
  switch (limit) {
    case 'deletes':
      return `${some(String(dataType))} would be deleted`;
    case 'disables':
      return `${some(String(dataType))} would be disabled`;
    case 'memberships':
      return `${some('membership')} would be lost`;
    case 'cleared':
      return `${some('value')} of ${dataType}s would be cleared (${shown(fields)})`;
  }
}

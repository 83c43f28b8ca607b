import { hash } from 'node:crypto';
import type { Change, DataType } from '@rollcall/core';
import type { WebhookOptions } from './config';

/** How the account of a record should be afterwards. */
export type State = 'active' | 'disabled' | 'deleted';

/** One change, as a receiver gets it. It says all that there is to know of the record, so it can be applied twice. */
export interface Entry {
  /** Names the record for ever, whatever its uid becomes. */
  recordId: number;
  /** Grows with every change of the record: an entry with a lower one than was applied before is out of date. */
  version: number;
  /** Name of the source that states the record. */
  source: string;
  dataType: DataType;
  /** The source's own id; unique within source and data type. */
  uid: string;
  action: Change['action'];
  state: State;
  /** Fields that differ from what was told before, `uid` among them; null: take all of it. */
  changed: readonly string[] | null;
  /** What the source says, restricted to the chosen fields; null for a delete. */
  record: Readonly<Record<string, unknown>> | null;
}

export interface ChangesMessage {
  type: 'rollcall.changes';
  data: { changes: readonly Entry[] };
}

/** Asks whether anybody is there who takes messages with this signature. */
export interface PingMessage {
  type: 'rollcall.ping';
  data: Record<string, never>;
}

export type Message = ChangesMessage | PingMessage;

/** What is told of a change; undefined: nothing of what was chosen differs. */
export function entryOf(
  change: Change,
  { dataTypes, fields }: Pick<WebhookOptions, 'dataTypes' | 'fields'>,
): Entry | undefined {
  const { recordId, version, source, dataType, uid, action } = change;
  if (!dataTypes.includes(dataType)) return undefined;
  const isChosen = (field: string): boolean => field === 'uid' || fields.length === 0 || fields.includes(field);
  const changed = change.changed?.filter(isChosen) ?? null;
  if (action === 'update' && changed?.length === 0) return undefined;
  const told = Object.fromEntries(Object.entries(change.payload).filter(([field]) => isChosen(field)));
  return {
    ...{ recordId, version, source, dataType, uid, action, changed },
    state: stateAfter(change),
    record: action === 'delete' ? null : told,
  };
}

function stateAfter({ action, payload }: Change): State {
  if (action === 'delete') return 'deleted';
  return action === 'disable' || payload['isDisabled'] === true ? 'disabled' : 'active';
}

/** The same message has the same name: one that comes twice, because its answer got lost, can be told. */
export function nameOf(body: string): string {
  return `msg_${hash('sha256', body, 'hex').slice(0, 32)}`;
}

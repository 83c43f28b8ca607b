import {
  type AdapterContext,
  type DataType,
  type FieldSelection,
  isRemoteTarget,
  type ResourceTable,
  type TargetAdapter,
  type TargetDataType,
} from '@rollcall/core';
import type { Options } from '@rollcall/core/checks';
import type { Limit, Limited } from '../sources/policies';

type Limits = Record<Limited, Limit>;

/** One enabled target and one data type that it reads: the unit in which a plan is made and applied. */
export interface Reading {
  targetId: number;
  targetName: string;
  adapter: TargetAdapter;
  dataType: DataType;
  rules: TargetDataType;
  /** Where the resources are that the target keeps; undefined: elsewhere, or with another target. */
  resource: ResourceTable | undefined;
  /** The target iterates over rows, outside of any transaction. */
  remote: boolean;
  /** How much one task may take away here before it is held. */
  limits: Limits;
  /** What the adapter is handed, secrets in clear; they never leave the call. Throws `configuration` when options are not valid. */
  context: (signal: AbortSignal) => AdapterContext<Options>;
  /** The reading whose resource this one attaches to; itself when it owns the resource. */
  owner: Reading;
  /** Readings of the same data type on targets that come before: what fails there is not applied here. */
  after: readonly Reading[];
}

/** The name of a reading in a task's `applied_positions`. */
export const positionKey = ({ targetName, dataType }: Reading): string => `${targetName}/${dataType}`;

/** What a target of this type may read, as SQL gets it, and the types of targets that it comes after. */
export interface OtherReading {
  type: string;
  remote: boolean;
  data_type: DataType;
  after: readonly string[];
}

export interface EnabledTarget {
  id: number;
  name: string;
  adapter: TargetAdapter;
  limits: Limits;
  context: Reading['context'];
}

/** All readings in the order in which they are applied. */
export function readingsOf(targets: readonly EnabledTarget[]): Reading[] {
  const readings: Reading[] = [];
  for (const target of targets) {
    for (const reading of readingsOfOne(target)) {
      const { rules, dataType } = reading;
      const owner = rules.owns
        ? undefined
        : readings.find((other) => other.dataType === dataType && other.rules.owns && !other.remote);
      if (!rules.owns && !owner) continue;
      const complete = reading as Reading;
      complete.owner = owner ?? complete;
      complete.after = readings.filter(
        (other) => other.dataType === dataType && (target.adapter.after ?? []).includes(other.adapter.id),
      );
      readings.push(complete);
    }
  }
  return readings;
}

function readingsOfOne({ id, name, ...settings }: EnabledTarget): Omit<Reading, 'owner' | 'after'>[] {
  const { adapter } = settings;
  const target = { targetId: id, targetName: name, ...settings };
  if (isRemoteTarget(adapter)) {
    return typed(adapter.dataTypes).map(([dataType, rules]) => ({
      ...target,
      dataType,
      rules: { ...rules, owns: true },
      resource: undefined,
      remote: true,
    }));
  }
  return typed(adapter.dataTypes).map(([dataType, rules]) => ({
    ...target,
    dataType,
    rules,
    resource: adapter.resources[dataType],
    remote: false,
  }));
}

const typed = <T extends object>(dataTypes: T): [DataType, NonNullable<T[keyof T]>][] =>
  Object.entries(dataTypes) as [DataType, NonNullable<T[keyof T]>][];

/** The first reading of each data type: where a record that cannot be planned fails. */
export function firstReadings(readings: readonly Reading[]): Reading[] {
  return readings.filter(
    (reading, index) => readings.findIndex((other) => other.dataType === reading.dataType) === index,
  );
}

const quoted = (names: readonly string[]): string => names.map((name) => `'${name.replaceAll("'", "''")}'`).join(', ');

/** SQL: the part of a payload that the reading looks at. Equal parts have equal text, so they can be hashed. */
export function subset(fields: FieldSelection, payload: string): string {
  if ('except' in fields)
    return fields.except.length === 0 ? payload : `(${payload} - array[${quoted(fields.except)}])`;
  const parts = fields.only.map(
    (name) =>
      `case when ${payload} ? ${quoted([name])} then jsonb_build_object(${quoted([name])}, ${payload} -> ${quoted([name])}) else '{}'::jsonb end`,
  );
  return `(${parts.join(' || ')})`;
}

/** SQL: the hash of a jsonb value. */
export const hashOf = (value: string): string => `md5((${value})::text)::uuid`;

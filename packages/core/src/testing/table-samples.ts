import type { DataType } from '../records';
import type { FieldSelection, TableTargetAdapter } from '../target';
import { reads, sample } from './samples';
import type { TableBench, TableChange } from './table-bench';

/** So many records of each data type. */
export const RECORDS = 6;

/** The uids of users begin with `kit-1`, those of departments with `kit-101`. */
const FIRST = { user: 0, department: 100 } as const satisfies Record<DataType, number>;
/** No record has this one. */
export const UNKNOWN_UID = 'kit-999';

/** The number of the n-th record of a data type, from 1. */
export const recordOf = (dataType: DataType, n: number): number => FIRST[dataType] + n;

/** The fields that name other records, and the data type of those. */
export const REFERENCES: Readonly<Record<DataType, Readonly<Record<string, DataType>>>> = {
  user: { managerUid: 'user', departments: 'department' },
  department: { parentUid: 'department', ownerUids: 'user' },
};

/** What a reference field holds that names one uid. */
export const reference = (field: string, uid: string): unknown => {
  if (field === 'departments') return [{ uid, isMain: true }];
  return field === 'ownerUids' ? [uid] : uid;
};

/** The n-th record of a data type, restricted to what a target reads; `variant`: another one with other values. */
export function payloadOf(dataType: DataType, n: number, fields: FieldSelection, variant = 0): Record<string, unknown> {
  const references = Object.entries(REFERENCES[dataType]).flatMap(([field, of]) => {
    const uid = `kit-${recordOf(of, 1 + variant)}`;
    // Nobody is their own manager or parent, nor that of whom they name.
    const isTop = of === dataType && n <= 2;
    return isTop || !reads(fields, field) ? [] : [[field, reference(field, uid)] as const];
  });
  return { ...sample(dataType, n + variant * 1_000, fields), ...Object.fromEntries(references) };
}

/** The first changes of a data type. Those whose resource another target owns get one. */
export async function creates(
  bench: TableBench,
  { dataTypes }: Pick<TableTargetAdapter, 'dataTypes'>,
  dataType: DataType,
  count = RECORDS,
): Promise<TableChange[]> {
  const { owns = true, fields = { except: [] } } = dataTypes[dataType] ?? {};
  const made: TableChange[] = [];
  for (let n = 1; n <= count; n++) {
    const record = recordOf(dataType, n);
    const id = owns ? await bench.newId(dataType) : 1_000 + n;
    made.push({ record, id, action: 'create', payload: payloadOf(dataType, n, fields) });
  }
  return made;
}

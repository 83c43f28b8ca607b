import type { DataType } from '../records';
import type { FieldSelection } from '../target';

/** A value of a record that identifies it among samples: every sample has other ones. */
export const MARKS: Readonly<Record<DataType, readonly string[]>> = {
  user: ['nickname', 'username', 'email', 'phone'],
  department: ['title'],
};

/** The values of the n-th sample of a data type, restricted to what a target reads. */
export function sample(dataType: DataType, n: number, fields: FieldSelection): Record<string, unknown> {
  const all: Record<string, unknown> =
    dataType === 'user'
      ? {
          username: `kit.person.${n}`,
          nickname: `Kit Person ${n}`,
          email: `kit.person.${n}@example.com`,
          phone: `+1555010${String(n).padStart(4, '0')}`,
        }
      : { title: `Kit Department ${n}`, sort: n };
  return Object.fromEntries(Object.entries(all).filter(([field]) => reads(fields, field)));
}

export function reads(fields: FieldSelection, field: string): boolean {
  return 'only' in fields ? fields.only.includes(field) : !fields.except.includes(field);
}

import type { DataType } from '@rollcall/core';
import { isLinkOf } from './linked-records';

/** SQL: the names of sources that state resource $1 now: their next word would bring it back. */
export const statedBy = (dataType: DataType): string => `
  select distinct s.name
  from links k
  join records r on r.id = k.record_id and r.gone is null
  join sources s on s.id = r.source_id
  where ${isLinkOf(dataType)} and k.resource_id = $1
  order by s.name`;

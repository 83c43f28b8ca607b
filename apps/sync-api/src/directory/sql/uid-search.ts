import { prefixPattern } from '../../http/like';
import type { Parameters } from '../parameters';
import { isLinkOf } from './linked-records';

/**
 * Conditions on `r.uid`, one for each way in which a uid that begins with the text may be written: as typed, in lower
 * and in upper case. Uids keep their case, and an index on their lower case is not worth what it would cost every
 * load. One condition is one range of the index; `or` or `any` would be none.
 */
export function uidConditions(q: string, parameters: Parameters): string[] {
  const spellings = new Set([q, q.toLowerCase(), q.toUpperCase()]);
  return [...spellings].map((spelling) => `r.uid like ${parameters.add(prefixPattern(spelling))}`);
}

/** Joins source by source, so that the index on (source, data type, uid) is used whatever the source. */
export const recordsWith = (dataType: 'user' | 'department', condition: string): string => `
      sources s
      join records r on r.source_id = s.id and r.data_type = '${dataType}' and ${condition}
      join links k on ${isLinkOf(dataType)} and k.record_id = r.id`;

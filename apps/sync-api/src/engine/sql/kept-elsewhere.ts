import type { Reading } from '../reading';
import { recordOf } from './record-of';
import { states } from './told-statement';

export interface LeavingSql {
  resource: string;
  record: string;
  source: string;
}

/** SQL: another record that states it stands for the same resource, so it stays although this record leaves (rule 10). */
export const statedElsewhere = ({ targetId, dataType }: Reading, { resource, record }: LeavingSql): string => `exists (
          select 1 from links l2 ${recordOf('l2', 'r2')}
          where l2.target_id = ${targetId} and l2.data_type = '${dataType}' and l2.resource_id = ${resource}
            and l2.state <> 'detached' and l2.record_id <> ${record} and ${states('r2')}
        )`;

/** SQL: the resource must not be deleted for this record: somebody else states it, or needs it. */
export function keptElsewhere(reading: Reading, leaving: LeavingSql): string {
  const needed = reading.resource?.neededElsewhere;
  const stated = statedElsewhere(reading, leaving);
  return needed ? `(${stated} or ${needed(leaving.resource, leaving.source)})` : stated;
}

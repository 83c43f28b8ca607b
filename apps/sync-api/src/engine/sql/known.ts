import { HAS_LEFT } from './unstated';

/** Which of some uids have a record. $1 source, $2 data type, $3 uids. Returns `uid, gone`. */
export const KNOWN_UIDS = `
  select uid, ${HAS_LEFT('gone')} as gone from records where source_id = $1 and data_type = $2 and uid = any($3)`;

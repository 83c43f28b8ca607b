/** Which of some uids have a record, be it of somebody who left. $1 source, $2 data type, $3 uids. Returns `uid`. */
export const KNOWN_UIDS = 'select uid from records where source_id = $1 and data_type = $2 and uid = any($3)';

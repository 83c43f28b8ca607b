/** The records of the changes that a range holds, in their order: the parameters of `fillBatchSql`, $5 target, $6 data type. */
export const RECORDS_OF_RANGE = `
  select record_id from changes
  where task_id = $1 and target_id = $5 and data_type = $6 and record_id > $2 and record_id <= $3
    and action is not null and outcome is null and ($4::bigint[] is null or record_id = any ($4))
  order by record_id`;

/** One change fails for good: $1 task, $2 target, $3 data type, $4 record, $5 message. */
export const FAIL_REFUSED = `
  update changes set outcome = 'failed', code = 'rejected_by_target', message = $5
  where task_id = $1 and target_id = $2 and data_type = $3 and record_id = $4`;

/** SQL: an admin approved the plan of task $1, so nothing is done that it does not show. */
export const APPROVED = '(select approved_at is not null from tasks where id = $1)';

/**
 * SQL: a link is made beside the plan for a record that others wait for. Nothing brings them what they refer to, so they are looked at
 * again by the next complete read of their source, or when they are said again. `linked`: rows `source_id, data_type, uid`.
 */
export const lookAtAwaiting = (linked: string): string => `
    update links l set dirty = true
    from ${linked} n
    join waiting_references w on w.source_id = n.source_id and w.data_type = n.data_type and w.uid = n.uid
    where l.target_id = w.target_id and l.record_id = w.record_id and l.state <> 'detached' and not l.dirty`;

/** SQL: the uid of the record of change `c`, on target `g`, when it is taken from what it was linked to: the undo of a link. */
export const DETACHES = `case when c.link_state = 'detached' and c.action <> 'delete' and g.name = c.data_type || 's' then c.uid end`;

import { referenceField } from '../engine/sql/reference-field';

/** SQL: references of the record of change `c` that still wait on its target: [{field, uid}], null: none. */
export const WAITING = `(
      select jsonb_agg(jsonb_build_object('field', ${referenceField('c.data_type', 'w.data_type')}, 'uid', w.uid) order by w.uid)
      from waiting_references w where w.target_id = c.target_id and w.record_id = c.record_id
    )`;

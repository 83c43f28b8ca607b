/**
 * What `links.told_uid` is of somebody of whom nobody knows any more by which uid the target was told of them: no uid at all, so
 * they are told once what they are called.
 */
export const NOT_KNOWN = '';

/** SQL: the target of link `l` knows record `r`, which stands for something there, by another uid than it has. */
export const IS_CALLED_OTHERWISE = `(l.state not in ('deleted', 'detached') and l.told_uid <> r.uid)`;

/** SQL: the same of record `sc` of the plan's scope and the uid that it has once the plan is applied. Null: the target is told nothing yet. */
export const wasToldOtherwise = (targetId: number): string => `sc.l${targetId}_told_uid <> sc.uid_now`;

/** SQL, jsonb: how a uid that a target was told, if that is known, differs from what it is now, in the form of differences. */
export const uidDifference = (told: string, now: string): string =>
  `jsonb_build_array(jsonb_build_object('field', 'uid', 'before', nullif(${told}, '${NOT_KNOWN}'), 'after', ${now}))`;

/**
 * How a record is gone that no read and no push has ever stated: an admin linked its uid beforehand. It is known, and says
 * nothing. Like any record that is gone it keeps nobody and does not count; unlike them it cannot leave.
 */
export const UNSTATED = 'unstated';

/** SQL: a record that is stored although it was not known: a deleted one is not, because a delete makes nobody. */
export const MAY_BE_NEW = (gone: string): string => `(${gone} is null or ${gone} = '${UNSTATED}')`;

/** SQL: how a record is gone that left, by its source's word or because it was missing: its uid may be another one's from then on. */
export const HAS_LEFT = (gone: string): string => `(${gone} is not null and ${gone} <> '${UNSTATED}')`;

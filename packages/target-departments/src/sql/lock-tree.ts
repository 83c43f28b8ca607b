/**
 * One transaction at a time moves departments: of two moves that look harmless alone, the second must see the first,
 * or both together make a circle. Held until the transaction ends. The number is one that no other advisory lock uses.
 */
export const LOCK_DEPARTMENT_TREE = 'select pg_advisory_xact_lock(7301002)';

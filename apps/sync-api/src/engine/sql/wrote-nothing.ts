/**
 * SQL: change `c` was planned without knowing what stands there, because its link was behind, and found that all of it stood
 * there. "Updated" means that a value differed (rule 2), so it is none.
 */
export const wroteNothing = (c: string): string =>
  `(${c}.action = 'update' and ${c}.outcome is null and ${c}.written = '[]')`;

/**
 * SQL: change `c` looks at everything again, because its link was behind, and all of it stands there. "Updated" means that a
 * value differed (rule 2), so it is none; it is there so that the link is not looked at for ever.
 */
export const wroteNothing = (c: string): string =>
  `(${c}.action = 'update' and ${c}.outcome is null and ${c}.written = '[]')`;

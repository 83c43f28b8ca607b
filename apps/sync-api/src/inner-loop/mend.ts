/** What the author of a package is told to do when it does not load. */
export const MEND = 'Mend it there.';

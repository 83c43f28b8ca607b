/** `npm run test:thorough`: every page is looked at in its themes and widths, and pictures of it are kept. */
const THOROUGH = process.env['ROLLCALL_THOROUGH'] === '1';

/** Groups of tests that only then run; `npm test` has twenty minutes. */
export const describeThorough = THOROUGH ? describe : describe.skip;

export const isThorough = (): boolean => THOROUGH;

/** `npm run test:thorough`: every page is looked at in its themes and widths, and pictures of it are kept. */
const THOROUGH = process.env['ROLLCALL_THOROUGH'] === '1';

/**
 * Groups of tests that run then only. Reason: axe takes seconds a page on two cores, a page in every theme and width takes it
 * several times, and `npm test` must end within twenty minutes. There axe looks at the targets
 * and at pages of a new source; what the other pages do is tested all the same.
 */
export const describeThorough = THOROUGH ? describe : describe.skip;

export const isThorough = (): boolean => THOROUGH;

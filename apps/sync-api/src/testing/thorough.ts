/** `npm run test:thorough`: also what takes long and shows on a larger scale what shorter tests show. */
export const THOROUGH = process.env['ROLLCALL_THOROUGH'] === '1';

// Skipped otherwise, because `npm test` must end within twenty minutes on two cores.
export const itThorough = THOROUGH ? it : it.skip;

// Skipped otherwise for the same reason: axe takes seconds a page, and every page is looked at in each theme and width.
export const describeThorough = THOROUGH ? describe : describe.skip;

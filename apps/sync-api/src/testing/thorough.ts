/**
 * For tests that take long and repeat on a larger scale what shorter ones show: `npm test` must end within twenty minutes on
 * two cores, so only `npm run test:thorough` runs them.
 */
export const THOROUGH = process.env['ROLLCALL_THOROUGH'] === '1';

export const itThorough = THOROUGH ? it : it.skip;

/** The name of the source that is always there: whatever a push does not say otherwise for is its. */
export const BUILT_IN = 'api';

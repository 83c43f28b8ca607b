/** What Rollcall asks of an adapter before it loads it. Rollcall's own: the contract promises nothing of it. */
export { ADAPTER_ID, adapterProblems, isAdapter, isKind } from './adapter-problems';
export { type Options, secretNames, secretValues, titleOf, validateOptions, withDefaults } from './config-schema';
export { secretSpellings } from './secret-spellings';

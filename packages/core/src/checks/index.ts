/** What Rollcall and the conformance kits share: what is asked of an adapter before it is loaded, and what an answer is. Rollcall's own: the contract promises nothing of it. */
export { ADAPTER_ID, adapterProblems, isAdapter, isKind } from './adapter-problems';
export { type Options, secretNames, secretValues, titleOf, validateOptions, withDefaults } from './config-schema';
export { httpAnswer } from './http-answer';
export { secretSpellings } from './secret-spellings';

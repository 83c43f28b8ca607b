/** The Rollcall adapter SDK. No framework in here: an adapter needs nothing but this package. */
export * from './changes';
export * from './contract';
export * from './errors';
export * from './records';
export * from './source';
export * from './target';

/** Conformance kits: what an adapter promises, as tests for any test runner. See docs/adapter-contract.md. */
export { Conformance, ConformanceError, type ConformanceRule, type LeftOutRule } from './conformance';
export { testHttpClient } from './http-client';
export type { OptionsFixture, SessionFixture, TcpFixture } from './session';
export { sourceConformance } from './source-conformance';
export type { SourceFixture, Uids } from './source-fixture';
export type { KitConnection, RefusedBatch, TableTargetFixture } from './table-fixture';
export { targetConformance } from './target-conformance';
export type { HeldResource, TargetFixture } from './target-fixture';
export type { TcpAddress } from './tcp-proxy';
export { untranslated } from './untranslated';

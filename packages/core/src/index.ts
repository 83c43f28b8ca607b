/** The Rollcall adapter SDK. No framework in here: an adapter needs nothing but this package. */
export type { Adapter } from './adapter';
export * from './changes';
export * from './contract';
export * from './errors';
export type * from './events';
export type * from './http';
export { type JsonFlaw, JsonInspection, isStorableText } from './json-inspection';
export { messagesIn } from './message-table';
export { type Messages, translateMessage } from './messages';
export { NO_CREDENTIAL } from './no-credential';
export {
  KNOWN_FIELDS,
  type NormalisedRecord,
  type ReadRecordOptions,
  type RecordWarning,
  type Unseen,
  readRecord,
  seenHash,
} from './read-record';
export { KEY_TEXT_MAX_LENGTH, type RecordFailure, type StoredDepartment, type UidCase } from './record-fields';
export * from './records';
export * from './source';
export * from './target';

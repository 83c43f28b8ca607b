import type { DataType } from '../records';
import type { SessionFixture } from './session';

/** A resource that the other side holds, as the fixture finds it there without the adapter. */
export interface HeldResource {
  dataType: DataType;
  /** By the names of record fields; what is empty is left out. */
  fields: Readonly<Record<string, unknown>>;
  disabled?: boolean;
}

/**
 * What the kit has to know about a remote target adapter and the system behind it: one of the test's own, which runs while the
 * rules do.
 */
export interface TargetFixture extends SessionFixture {
  /** Options that work, as an admin types them. Asked for anew for each use. */
  options(): object;
  /** Everything that the other side holds and that is not deleted. */
  held(): Promise<readonly HeldResource[]>;
  /** Empties the other side. Called before each rule. */
  empty(): Promise<void>;
  /** Puts a resource there that Rollcall did not make, past the adapter, and says it as `held` does. */
  stranger?(): Promise<HeldResource>;
  /** As in `SourceFixture`. */
  wrong?: Readonly<Record<string, string | null>>;
  /** Fields with which the other side refuses a record of a data type, laid over those of a sample. */
  refused?: Partial<Record<DataType, Readonly<Record<string, unknown>>>>;
}

import type { CallbackRequest } from '../events';
import type { DataType } from '../records';
import type { SessionFixture } from './session';

export type Uids = Partial<Record<DataType, readonly string[]>>;

/**
 * What the kit has to know about a source adapter and the server behind it: one of the test's own, filled with a small company,
 * which runs while the rules do (or `http`, which answers in its place). Give it enough people for several pages.
 */
export interface SourceFixture extends SessionFixture {
  /** Options that work, as an admin types them, and as few as will do. Asked for anew for each read. */
  options(): object;
  /** Everybody whom the server holds, by uid. A data type that is not named must not be read. */
  holds(): Uids;
  /**
   * A wrong value for a secret, by the name of its option, where one of the kit's making would not pass the schema; `null`: no
   * request shows this secret, as with the key of callbacks.
   */
  wrong?: Readonly<Record<string, string | null>>;
  /** The custom fields that records of this server bring. */
  customFields?: Partial<Record<DataType, readonly string[]>>;
  /** Pages carry cursors. */
  cursors?: boolean;
  /** For `incremental`: changes somebody at the server, and says whom an incremental read must bring then. */
  change?(): Promise<Uids>;
  /** For `events`: a genuine request of the vendor, signed for `options()`, and whom the read after it must bring. */
  event?(): Promise<{ request: CallbackRequest; brings: Uids }>;
}

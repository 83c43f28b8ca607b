import type { AdapterContext } from './contract';
import type { KnownRecords, Page } from './source';

/** One request that came to the callback address of a source: `/api/callbacks/<name of the source>`. */
export interface CallbackRequest {
  method: 'GET' | 'POST';
  /** Decoded once, as a URL is. */
  query: Readonly<Record<string, string>>;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  /** As it was sent; 256 kB at most. Empty for GET. */
  body: Uint8Array;
}

/**
 * Something that may have changed at the vendor: what to look at, never what it is now. It is stored before the vendor gets
 * its answer, so put ids into it and nothing else.
 */
export interface Hint {
  /** What it is about, up to 255 characters, like `user:42`. Of several with one key that wait, the last one stays. */
  key: string;
  /** For `read`; JSON of up to 4 kB. */
  data: Readonly<Record<string, unknown>>;
}

/** What the vendor is told, in its own form. */
export interface CallbackAnswer {
  /** 200 when absent. */
  status?: number;
  /** `text/plain; charset=utf-8` when absent. */
  contentType?: string;
  body?: string;
  /** What the request said may have changed. */
  hints?: readonly Hint[];
}

export interface EventContext<Options = unknown> extends AdapterContext<Options>, KnownRecords {
  /** Distinct by key, in the order in which the last of each came. They may be late, doubled, or in the wrong order. */
  hints: readonly Hint[];
  /** `event`: nothing but these is read. `pull`: everything was read a moment ago, and what is left open now stays open. */
  within: 'event' | 'pull';
}

/** Hints that could not be followed to their end yet. */
export interface OpenHints {
  /**
   * Kept for the next read once what this read says is applied, beside what comes meanwhile; of those with one key the last
   * one stays. Whatever else was asked for is forgotten then. What is never applied (a plan was rejected, a task failed) was
   * never read: all hints come again as they were.
   */
  hints: readonly Hint[];
  /** They wait for nothing but that what this read says is applied: they are read again right after it. */
  again: boolean;
}

/** Live events of a vendor: it calls, Rollcall reads again what may have changed. */
export interface SourceEvents<Options = unknown> {
  /** Options that the schema leaves optional, and without which `receive` believes nobody: an admin is told of them. */
  needs?: readonly string[];
  /**
   * Makes sure that the vendor sent this, and says what it is about. Nothing is asked of the vendor in here: it waits for
   * the answer, often no longer than a second. Throws `unauthenticated` for what the vendor did not send, and
   * `invalid_request` for what cannot be understood.
   */
  receive(request: CallbackRequest, context: AdapterContext<Options>): Promise<CallbackAnswer>;
  /**
   * Reads again what hints name, about a second after the first of them came, or at the end of the next pull. Yields
   * records as they are now; `isDeleted` for what the vendor says is gone; nothing for what it cannot tell; renames as in
   * any page. Cursors mean nothing here. Ends with what has to be looked at once more, if anything. A failure throws: all
   * hints are kept and come again.
   */
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what a generator without a return statement returns
  read(context: EventContext<Options>): AsyncGenerator<Page, OpenHints | void, undefined>;
}

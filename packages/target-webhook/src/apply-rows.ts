import type { AdapterContext, Change, RowOutcome } from '@rollcall/core';
import { post } from './client';
import type { WebhookOptions } from './config';
import { type ChangesMessage, type Entry, entryOf } from './message';
import { refusalsOf } from './refusals';
import { isAboutContent, statusError } from './status-error';

/** Larger messages are refused by many servers before anybody has looked at them. */
const MESSAGE_MAX_BYTES = 1024 * 1024;

/**
 * Tells the receiver about changes, a message at a time and in the order in which they are handed over. A message counts
 * as taken when it was answered, so it comes again when the answer got lost.
 */
export async function* applyRows(
  changes: readonly Change[],
  context: AdapterContext<WebhookOptions>,
): AsyncGenerator<RowOutcome> {
  const entries: Entry[] = [];
  for (const change of changes) {
    const entry = entryOf(change, context.options);
    if (entry) entries.push(entry);
    else yield { recordId: change.recordId };
  }
  for (const batch of batchesOf(entries, context.options.batchSize)) yield* tell(batch, context);
}

/** Cuts after `size` entries, and before a message would get too large. */
function* batchesOf(entries: readonly Entry[], size: number): Generator<Entry[]> {
  let batch: Entry[] = [];
  let bytes = 0;
  for (const entry of entries) {
    const more = Buffer.byteLength(JSON.stringify(entry));
    if (batch.length > 0 && (batch.length === size || bytes + more > MESSAGE_MAX_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(entry);
    bytes += more;
  }
  if (batch.length > 0) yield batch;
}

async function* tell(entries: readonly Entry[], context: AdapterContext<WebhookOptions>): AsyncGenerator<RowOutcome> {
  const message: ChangesMessage = { type: 'rollcall.changes', data: { changes: entries } };
  const answer = await post(context, JSON.stringify(message));
  if (isAboutContent(answer)) {
    // One of many may be to blame, or their number: halves tell, down to the one.
    const [first, ...others] = entries;
    if (first && others.length === 0) yield { recordId: first.recordId, failure: refusalOf(answer) };
    else for (const half of halves(entries)) yield* tell(half, context);
    return;
  }
  const error = statusError(answer);
  if (error) throw error;
  const refused = refusalsOf(answer, entries);
  for (const { recordId } of entries) {
    const failure = refused.get(recordId);
    yield { recordId, ...(failure && { failure }) };
  }
}

function halves(entries: readonly Entry[]): [Entry[], Entry[]] {
  const middle = Math.ceil(entries.length / 2);
  return [entries.slice(0, middle), entries.slice(middle)];
}

function refusalOf({ status, url }: { status: number; url: string }): NonNullable<RowOutcome['failure']> {
  const why = status === 413 ? 'it is too large' : 'it does not take what it says';
  return {
    code: 'rejected_by_target',
    message: `${new URL(url).host} answered ${status} to this change alone: ${why}.`,
  };
}

import { type Change, type HttpAnswer, RollcallError, type RowOutcome } from '@rollcall/core';
import { type Context, noSuchApi, send } from './client.js';

/**
 * Writes changes one after the other, and says of each what became of it as soon as it is known. What concerns one record is its
 * outcome; what concerns all of them is thrown, and those without an outcome come again. A change may come twice, so each is
 * written under a key that is the same every time.
 */
export async function* applyRows(changes: readonly Change[], context: Context): AsyncGenerator<RowOutcome> {
  for (const change of changes) yield await outcomeOf(change, context);
}

async function outcomeOf(change: Change, context: Context): Promise<RowOutcome> {
  const { recordId, action, payload } = change;
  const path = `people/${encodeURIComponent(keyOf(change))}`;
  // All that the record says, so `changed` need not be looked at: what the payload lacks is empty.
  const values = { name: payload['nickname'] ?? null, email: payload['email'] ?? null };
  if (action === 'delete' || action === 'disable') {
    const answer =
      action === 'delete'
        ? await send(context, 'DELETE', path)
        : await send(context, 'PATCH', path, { ...values, active: false });
    // Nobody is there: they may never have been made, and then that is done.
    if (answer.status === 404 || answer.status === 204 || answer.status === 200) return { recordId };
    return refusal(recordId, answer);
  }
  const answer = await send(context, 'PUT', path, { ...values, active: payload['isDisabled'] !== true });
  if (answer.status === 404) throw noSuchApi();
  if (answer.status !== 200 && answer.status !== 201) return refusal(recordId, answer);
  return { recordId, resourceKey: idIn(answer) };
}

/** What it said is its own key, or one that follows from the record and never changes. */
const keyOf = ({ recordId, resourceKey }: Change): string => resourceKey ?? `rollcall-${recordId}`;

function idIn(answer: HttpAnswer): string {
  const body = answer.json();
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string') return body.id;
  throw new RollcallError('bad_answer', 'Its answer has no id.');
}

/** This record alone. An admin reads the message, so it may say more, but nothing that the answer quotes of the request. */
const refusal = (recordId: number, { status }: HttpAnswer): RowOutcome => ({
  recordId,
  failure: { code: 'rejected_by_target', message: `It refuses the record (${status}).` },
});

import { type HttpAnswer, RollcallError, type RowOutcome } from '@rollcall/core';
import type { Entry } from './message';

type Failure = NonNullable<RowOutcome['failure']>;

const MESSAGE_LENGTH = 1_000;
const UNEXPLAINED = 'The receiver refused this change and did not say why.';

/**
 * Which changes of a message the receiver refused, by `recordId`. Its answer names them as
 * `{"refused": [{"recordId", "message"?, "field"?, "retry"?}]}`; an answer that is no such JSON accepts all. Throws
 * `bad_answer` when it tries to refuse something and nobody can tell what.
 */
export function refusalsOf(answer: HttpAnswer, entries: readonly Entry[]): ReadonlyMap<number, Failure> {
  const refused = refusedIn(answer.text());
  if (refused === undefined) return new Map();
  const sent = new Set(entries.map(({ recordId }) => recordId));
  const { host } = new URL(answer.url);
  if (!Array.isArray(refused)) {
    throw new RollcallError('bad_answer', `${host} answered with a "refused" that is no list. It is {"recordId", …}s.`);
  }
  return new Map(
    refused.map((one: unknown) => {
      const { recordId, message, field, retry } = isObject(one) ? one : {};
      if (typeof recordId !== 'number' || !sent.has(recordId)) {
        throw new RollcallError('bad_answer', `${host} refused something that names no recordId of the message.`);
      }
      const text = typeof message === 'string' && message.trim() !== '' ? message : UNEXPLAINED;
      return [
        recordId,
        {
          code: retry === true ? 'vendor_busy' : 'rejected_by_target',
          message: text.slice(0, MESSAGE_LENGTH),
          ...(typeof field === 'string' && { field }),
        },
      ] as const;
    }),
  );
}

function refusedIn(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const answer: unknown = JSON.parse(text);
    return isObject(answer) ? answer['refused'] : undefined;
  } catch (error) {
    // Whatever a receiver likes to say on its success: it is not a refusal.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

import { type ErrorCode, errorPolicy, isRollcallError } from '@rollcall/core';
import { type Note, plainNote, saidNote } from '../tasks/notes';

/** Pauses in seconds after the first and the second try of a task; there is no fourth (rule 25). */
const PAUSES = [2, 10];

/** Tries of a task that meets retryable errors. */
export const MAX_ATTEMPTS = PAUSES.length + 1;

/** A vendor may ask for a longer pause; somebody who waits for the task should still see it end. */
const LONGEST_PAUSE = 300;

/** What an admin does about an error that trying again cannot help. */
const REMEDIES: Partial<Record<ErrorCode, Note>> = {
  configuration: plainNote('correct_settings'),
  credentials: plainNote('enter_credentials'),
  permission: plainNote('grant_permission'),
};

/** What remains when all tries met an error that passes. */
const TRIED_ENOUGH: Note = { code: 'tried_enough', values: { attempts: MAX_ATTEMPTS } };

/** Seconds until a task that threw is tried again; undefined: never by itself. */
export function pauseBeforeNextTry(error: unknown, attempts: number): number | undefined {
  const pause = PAUSES[Math.max(attempts, 1) - 1];
  if (pause === undefined || !errorPolicy(error).retryable) return undefined;
  const asked = isRollcallError(error) ? (error.retryAfter ?? 0) : 0;
  return Math.max(pause, Math.min(asked, LONGEST_PAUSE));
}

/** What a task says that threw in its `attempts`th try: what is wrong, in which option, and what to do. */
export function failureNotes(error: unknown, attempts: number): Note[] {
  if (!isRollcallError(error)) return [plainNote('unexpected')];
  const remedy = errorPolicy(error).retryable && attempts >= MAX_ATTEMPTS ? TRIED_ENOUGH : REMEDIES[error.code];
  return [
    saidNote(asSentence(error.message)),
    ...(error.field === undefined ? [] : [{ code: 'look_at_option' as const, values: { option: error.field } }]),
    ...(remedy ? [remedy] : []),
  ];
}

/** An adapter's message may end without a full stop; what follows would run into it. */
function asSentence(message: string): string {
  const text = message.trim();
  return /[.!?…。！？]$/.test(text) ? text : `${text}.`;
}

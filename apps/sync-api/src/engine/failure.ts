import { type ErrorCode, errorPolicy, isRollcallError } from '@rollcall/core';

/** Pauses in seconds after the first and the second try of a task; there is no fourth (rule 25). */
const PAUSES = [2, 10];

/** Tries of a task that meets retryable errors. */
export const MAX_ATTEMPTS = PAUSES.length + 1;

/** A vendor may ask for a longer pause; somebody who waits for the task should still see it end. */
const LONGEST_PAUSE = 300;

const UNEXPECTED = 'An unexpected error; the system log has its details under this task.';

/** What an admin does about an error that trying again cannot help. */
const REMEDIES: Partial<Record<ErrorCode, string>> = {
  configuration: 'Correct the settings, then try again.',
  credentials: 'Enter the credentials anew, then try again.',
  permission: 'Grant the permission at the other side, then try again.',
};

/** What remains when all tries met an error that passes. */
const TRIED_ENOUGH = `That was try ${MAX_ATTEMPTS} of ${MAX_ATTEMPTS}: retry the task when the other side is well again.`;

/** Seconds until a task that threw is tried again; undefined: never by itself. */
export function pauseBeforeNextTry(error: unknown, attempts: number): number | undefined {
  const pause = PAUSES[Math.max(attempts, 1) - 1];
  if (pause === undefined || !errorPolicy(error).retryable) return undefined;
  const asked = isRollcallError(error) ? (error.retryAfter ?? 0) : 0;
  return Math.max(pause, Math.min(asked, LONGEST_PAUSE));
}

/** The message of a task that threw in its `attempts`th try: what is wrong, in which option, and what to do. */
export function failureText(error: unknown, attempts: number): string {
  if (!isRollcallError(error)) return UNEXPECTED;
  const option = error.field === undefined ? undefined : `Look at the option "${error.field}".`;
  const remedy = errorPolicy(error).retryable && attempts >= MAX_ATTEMPTS ? TRIED_ENOUGH : REMEDIES[error.code];
  return [asSentence(error.message), option, remedy].filter((part) => part !== undefined).join(' ');
}

/** An adapter's message may end without a full stop; what follows would run into it. */
function asSentence(message: string): string {
  const text = message.trim();
  return /[.!?…。！？]$/.test(text) ? text : `${text}.`;
}

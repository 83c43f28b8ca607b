import { type ErrorCode, errorPolicy, isRollcallError, type RollcallError } from '@rollcall/core';
import { type Note, plainNote, saidNote } from '../tasks/notes';
import type { TaskRow } from '../tasks/task-row';
import { WorkersLost } from './workers-lost';

/** How long somebody goes on trying. */
interface Patience {
  /** Seconds after each try; after the last of them there is one more. */
  pauses: readonly number[];
  /** The other side may ask for a longer pause, up to this. */
  longestPause: number;
}

/** A task that somebody waits for, and should see end (rule 25). */
const SHORT: Patience = { pauses: [2, 10], longestPause: 300 };

/**
 * Nobody waits for a backfill, and what it gives up an admin has to bring by hand. So it outlasts a day in which its target
 * is away.
 */
const LONG: Patience = {
  pauses: [2, 10, 60, 300, ...Array.from({ length: 96 }, () => 900)],
  longestPause: 3_600,
};

/** A backfill that was tried so often has waited for minutes: then somebody is told. */
export const TOLD_AFTER = 5;

type Tried = Pick<TaskRow, 'kind' | 'attempts'>;

/** An error of our own, or of an adapter, is not outlasted. */
const patienceFor = (error: unknown, { kind }: Tried): Patience =>
  kind === 'backfill' && isRollcallError(error) && error.code !== 'internal' ? LONG : SHORT;

/** What an admin does about an error that trying again cannot help. */
const REMEDIES: Partial<Record<ErrorCode, Note>> = {
  configuration: plainNote('correct_settings'),
  credentials: plainNote('enter_credentials'),
  permission: plainNote('grant_permission'),
};

/** What remains when all tries met an error that passes. */
const triedEnough = (attempts: number): Note => ({ code: 'tried_enough', values: { attempts } });

/** Seconds until a task that threw in its `attempts`th try is tried again; undefined: never by itself. */
export function pauseBeforeNextTry(error: unknown, task: Tried): number | undefined {
  if (error instanceof WorkersLost) return undefined;
  const { pauses, longestPause } = patienceFor(error, task);
  const pause = pauses[Math.max(task.attempts, 1) - 1];
  if (pause === undefined || !errorPolicy(error).retryable) return undefined;
  const asked = isRollcallError(error) ? (error.retryAfter ?? 0) : 0;
  return Math.max(pause, Math.min(asked, longestPause));
}

/** Whether the other side asks for a longer pause than any that a task which people wait for makes of its own accord. */
export const asksForLongPause = ({ retryAfter = 0 }: RollcallError): boolean => retryAfter > Math.max(...SHORT.pauses);

/** Whether the target of a task may still be asked about single records that it wants to have again later. */
export const mayAskAgain = ({ attempts }: Pick<Tried, 'attempts'>): boolean => attempts <= SHORT.pauses.length;

/** What a task says that threw in its `attempts`th try: what is wrong, in which option, and what to do. */
export function failureNotes(error: unknown, task: Tried): Note[] {
  if (error instanceof WorkersLost) return [error.note];
  if (!isRollcallError(error)) return [plainNote('unexpected')];
  const tries = patienceFor(error, task).pauses.length + 1;
  const remedy = errorPolicy(error).retryable && task.attempts >= tries ? triedEnough(tries) : REMEDIES[error.code];
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

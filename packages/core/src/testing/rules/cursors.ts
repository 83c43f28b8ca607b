import { isRollcallError } from '../../errors';
import { DATA_TYPES } from '../../records';
import { fail, type RuleDraft } from '../conformance';
import { sayError } from '../say-error';
import { missing, required, type SourceSubject } from '../source-subject';

/** No vendor and no adapter has given out such a cursor. */
const UNKNOWN = 'rollcall-conformance: no such cursor';
/** So many places of a read are tried, spread over it. */
const TRIED = 5;

/** Rules for reads that go on after an interruption, and for incremental ones. */
export function cursorRules(subject: SourceSubject): RuleDraft[] {
  const { adapter, fixture } = subject;
  const noCursors =
    fixture.cursors === true ? undefined : 'The fixture says nothing of cursors: an interrupted read begins anew.';
  const full = adapter.incremental === true ? undefined : 'The adapter reads everything or nothing.';
  return [
    {
      id: 'cursor-replay',
      title: 'a read that goes on after a page brings exactly what was behind it',
      leftOut: noCursors,
      seconds: 60,
      check: () => requireReplay(subject),
    },
    {
      id: 'cursor-unknown',
      title: 'a read that cannot go on where it was says "cursor_expired"',
      leftOut: noCursors,
      check: () => requireExpired(subject, { resumeAfter: UNKNOWN }, 'resumeAfter'),
    },
    {
      id: 'incremental',
      title: 'an incremental read takes the cursor of the last one and brings what changed since',
      leftOut: full,
      check: () => requireIncrement(subject),
    },
    {
      id: 'incremental-unknown',
      title: 'an incremental read from a cursor that is not known says "cursor_expired"',
      leftOut: full,
      check: () => requireExpired(subject, { since: UNKNOWN }, 'since'),
    },
  ];
}

async function requireReplay(subject: SourceSubject): Promise<void> {
  const whole = await subject.clean();
  const at = whole.pages.flatMap(({ cursor }, index) => (cursor === undefined ? [] : [{ cursor, index }]));
  if (at.length === 0)
    fail('No page carries a cursor.', 'Yield one where a read can go on, or take "cursors" out of the fixture.');
  const step = Math.max(1, Math.ceil(at.length / TRIED));
  for (const { cursor, index } of at.filter((_, nth) => nth % step === 0)) {
    const rest = await subject.pull({ resumeAfter: cursor });
    const result = required(rest, `A read that goes on after page ${index + 1}`);
    const [wanted, came] = [subject.seen({ pages: whole.pages.slice(index + 1) }), subject.seen(rest)];
    for (const dataType of DATA_TYPES) {
      const [lost] = missing(wanted[dataType], came[dataType]);
      if (lost !== undefined)
        fail(
          `A read that goes on after page ${index + 1} misses the ${dataType} "${lost}".`,
          'The cursor of a page says where the next one begins.',
        );
      const [again] = missing(came[dataType], wanted[dataType]);
      if (again !== undefined)
        fail(
          `A read that goes on after page ${index + 1} brings the ${dataType} "${again}" again.`,
          'Begin behind the page of the cursor, not with it.',
        );
      if (whole.result?.complete[dataType] !== undefined && result.complete[dataType] === undefined) {
        fail(
          `A read that went on after page ${index + 1} says nothing of complete.${dataType}.`,
          'What it returns speaks of the whole read; put what it must know for that into the cursor.',
        );
      }
    }
  }
}

async function requireExpired(
  subject: SourceSubject,
  asked: { since?: string; resumeAfter?: string },
  name: string,
): Promise<void> {
  const { error, result } = await subject.pull(asked);
  if (isRollcallError(error) && error.code === 'cursor_expired') return;
  const did = result ? 'read all the same' : `threw ${sayError(error)}`;
  fail(
    `With a ${name} that nobody gave out the adapter ${did}.`,
    'Throw a RollcallError "cursor_expired": Rollcall then reads everything.',
    error,
  );
}

async function requireIncrement(subject: SourceSubject): Promise<void> {
  const { nextCursor } = required(await subject.pull(), 'A full read');
  if (nextCursor === undefined) {
    fail(
      'A full read returns no nextCursor.',
      'Return where the next incremental read begins; the options of the fixture must allow such reads.',
    );
  }
  const changed = await subject.fixture.change?.();
  const run = await subject.pull({ since: nextCursor });
  const result = required(run, 'An incremental read');
  if (result.nextCursor === undefined)
    fail('An incremental read returns no nextCursor.', 'Return where the next one begins.');
  const seen = subject.seen(run);
  for (const dataType of DATA_TYPES) {
    const [lost] = missing(changed?.[dataType] ?? [], seen[dataType]);
    if (lost !== undefined)
      fail(
        `An incremental read does not bring the ${dataType} "${lost}", who changed since.`,
        'Take the cursor at the beginning of the full read, not at its end.',
      );
  }
}

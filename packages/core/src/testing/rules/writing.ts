import type { Change } from '../../changes';
import { isRollcallError } from '../../errors';
import type { DataType } from '../../records';
import { fail, type RuleDraft } from '../conformance';
import { type FaultKind, RETRY_AFTER } from '../faults';
import { MARKS, reads, sample } from '../samples';
import { sayError } from '../say-error';
import { LOCAL } from '../session';
import { BATCH, comparable, type TargetSubject } from '../target-subject';

const PASSING = ['vendor_busy', 'network', 'read_interrupted', 'unavailable'];

/** Rules for what a remote target makes of changes. */
export function writingRules(subject: TargetSubject): RuleDraft[] {
  const { dataTypes, fixture } = subject;
  const each = (work: (dataType: DataType) => Promise<void>) => async (): Promise<void> => {
    for (const dataType of dataTypes) {
      await fixture.empty();
      await work(dataType);
    }
  };
  const disables = dataTypes.some((dataType) => subject.rules(dataType).canDisable);
  const readsLife = dataTypes.some((dataType) => makesDisabled(subject, dataType));
  const refuses = dataTypes.some((dataType) => fixture.refused?.[dataType]);
  const noConnection = fixture.local ? LOCAL : undefined;
  const http =
    noConnection ??
    (fixture.tcp ? 'It speaks of answers by HTTP, and the adapter has a client of its own.' : undefined);
  return [
    {
      id: 'creates',
      title: 'new records arrive, each once, with an outcome for every change',
      check: each((type) => requireCreates(subject, type)),
    },
    {
      id: 'creates-disabled',
      title: 'who is new and disabled is made disabled',
      leftOut: disables
        ? readsLife
          ? undefined
          : 'The target does not read isDisabled.'
        : 'The target cannot disable.',
      check: each((type) => requireCreatesDisabled(subject, type)),
    },
    {
      id: 'again',
      title: 'changes that come again change nothing and double nobody',
      check: each((type) => requireOnce(subject, type)),
    },
    {
      id: 'updates',
      title: 'an update writes the fields that it names, and clears those that are empty',
      check: each((type) => requireUpdates(subject, type)),
    },
    {
      id: 'renames',
      title: 'who is called by another uid is the same resource, also when two exchange theirs',
      check: each((type) => requireRenames(subject, type)),
    },
    { id: 'order', title: 'the order of changes does not matter', check: each((type) => requireOrder(subject, type)) },
    {
      id: 'disables',
      title: 'who is disabled is disabled there, with what changed beside, and restored when they come back',
      leftOut: disables ? undefined : 'The target cannot disable.',
      check: each((type) => requireDisable(subject, type)),
    },
    {
      id: 'deletes',
      title: 'who is deleted is gone there, and comes back when they are restored',
      check: each((type) => requireDelete(subject, type)),
    },
    {
      id: 'absent',
      title: 'deleting or disabling somebody who is not there is done, not a failure',
      check: each((type) => requireAbsent(subject, type)),
    },
    {
      id: 'strangers',
      title: 'what Rollcall did not make stays as it is',
      leftOut: fixture.stranger ? undefined : 'The fixture puts nobody there whom Rollcall did not make (stranger).',
      check: each((type) => requireStrangers(subject, type)),
    },
    {
      id: 'one-refused',
      title: 'one record that is refused fails alone',
      leftOut: refuses ? undefined : 'The fixture knows no record that the other side refuses (refused).',
      check: each((type) => requireOneRefused(subject, type)),
    },
    {
      id: 'busy',
      title:
        'a system that asks to come again later is told so with "vendor_busy" and retryAfter, and the rest goes through then',
      leftOut: http,
      check: each((type) => requireBusy(subject, type)),
    },
    {
      id: 'failure-server-error',
      title: '500 in the middle is an error that passes, and the rest goes through at the next try',
      leftOut: http,
      check: each((type) => requirePassing(subject, type, 'server-error')),
    },
    {
      id: 'failure-connection',
      title:
        'a connection that breaks off in the middle is an error that passes, and nobody is doubled by the next try',
      leftOut: noConnection,
      check: each((type) => requirePassing(subject, type, 'reset')),
    },
  ];
}

async function requireHeld(subject: TargetSubject, changes: readonly Change[], after: string): Promise<void> {
  for (const change of changes) {
    const { fields } = await subject.resourceOf(change, after);
    for (const [field, value] of Object.entries(change.payload)) {
      if (JSON.stringify(fields[field]) !== JSON.stringify(value)) {
        fail(
          `After ${after} the other side holds another ${field} than was written.`,
          'Write it, or let the target read less (dataTypes.….fields).',
        );
      }
    }
  }
}

async function requireCreates(subject: TargetSubject, dataType: DataType): Promise<void> {
  const changes = subject.creates(dataType);
  await subject.applied(changes, 'A batch of new records');
  await requireHeld(subject, changes, 'a create');
}

const makesDisabled = (subject: TargetSubject, dataType: DataType): boolean => {
  const { canDisable, fields } = subject.rules(dataType);
  return canDisable && reads(fields, 'isDisabled');
};

async function requireCreatesDisabled(subject: TargetSubject, dataType: DataType): Promise<void> {
  if (!makesDisabled(subject, dataType)) return;
  const [made, beside] = subject.creates(dataType, 2);
  if (!made || !beside) return;
  const disabled = { ...made, payload: { ...made.payload, isDisabled: true } };
  await subject.applied([disabled, beside], 'A batch of new records of which one is disabled');
  if ((await subject.resourceOf(made, 'a create')).disabled !== true) {
    fail(
      'Somebody who is new and disabled (payload.isDisabled) is not disabled there.',
      'Look at isDisabled with "create" too: no "disable" follows.',
    );
  }
  if ((await subject.resourceOf(beside, 'a create')).disabled === true)
    fail('Somebody who is new and not disabled is disabled there.', 'Disable only who has payload.isDisabled.');
}

async function requireStrangers(subject: TargetSubject, dataType: DataType): Promise<void> {
  const { fixture } = subject;
  const stranger = await fixture.stranger?.();
  const [gone, ...stay] = await subject.applied(subject.creates(dataType, 3), 'A batch of new records');
  if (!stranger || !gone) return;
  await subject.applied(
    [{ ...gone, action: 'delete', payload: {} }, ...stay.map((one) => ({ ...one, action: 'update' as const }))],
    'A batch of updates and a delete',
  );
  const now = (await fixture.held()).map(comparable);
  if (now.includes(comparable(stranger))) return;
  fail(
    `The ${stranger.dataType} that Rollcall did not make is gone, or was changed.`,
    'Touch only what a change names: what else is there belongs to others.',
  );
}

async function requireOnce(subject: TargetSubject, dataType: DataType): Promise<void> {
  const changes = subject.creates(dataType);
  const first = await subject.applied(changes, 'A batch of new records');
  // As after a worker was killed before it stored the outcomes: nothing is known of a key.
  const second = await subject.applied(changes, 'A batch that came before');
  await requireHeld(subject, changes, 'the same create twice');
  const other = first.findIndex(({ resourceKey }, index) => resourceKey !== second[index]?.resourceKey);
  if (other >= 0)
    fail('The second time a create got another resourceKey.', 'Find the resource by recordId before you make one.');
  await subject.applied(
    first.map((change) => ({ ...change, action: 'update' })),
    'An update that changes nothing',
  );
  await requireHeld(subject, changes, 'the same values again');
}

async function requireUpdates(subject: TargetSubject, dataType: DataType): Promise<void> {
  const { fields } = subject.rules(dataType);
  const [made] = await subject.applied(subject.creates(dataType, 1), 'A create');
  if (!made) return;
  const marks = MARKS[dataType].filter((field) => reads(fields, field));
  const [first, second] = marks;
  if (first === undefined) return;
  const other = sample(dataType, 5_000 + made.recordId, fields);
  const renamed = { ...made.payload, [first]: other[first] };
  const [changed] = await subject.applied(
    [{ ...made, action: 'update', payload: renamed, changed: [first] }],
    'An update of one field',
  );
  await requireHeld(subject, [{ ...made, payload: renamed }], 'an update of one field');
  if (changed && changed.resourceKey !== made.resourceKey)
    fail('An update gave the resource another resourceKey.', 'Keep it, or say none.');
  if (second === undefined || !changed) return;
  const { [second]: _cleared, ...rest } = renamed;
  await subject.applied(
    [{ ...changed, action: 'update', payload: rest, changed: [second] }],
    'An update that clears a field',
  );
  const cleared = await subject.resourceOf({ dataType, payload: rest }, 'an update that clears a field');
  if (cleared.fields[second] !== undefined && cleared.fields[second] !== null && cleared.fields[second] !== '') {
    fail(
      `An update that names "${second}" in changed and not in payload does not clear it.`,
      'Write every field of "changed"; one that payload lacks is empty.',
    );
  }
  await subject.applied(
    [{ ...changed, action: 'update', payload: made.payload, changed: null }],
    'An update of all fields',
  );
  await requireHeld(subject, [made], 'an update with changed: null');
}

const BY_KEY = 'Find the resource by resourceKey or recordId, never by uid.';

const PARK =
  'Each is told by itself, so for a moment two records bear one uid. Find resources by resourceKey or recordId, never by uid; where ' +
  'the other side wants uids unique, give whoever is in the way a name of your own making: their new uid comes in their own change.';

/** The uid of one that left may be the next one's: only `recordId` and the target's own key say who is who. */
async function requireRenames(subject: TargetSubject, dataType: DataType): Promise<void> {
  const made = await subject.applied(subject.creates(dataType, 2), 'A batch of new records');
  const [first, second] = made;
  if (!first || !second) return;
  const called = (one: Change, uid: string): Change => ({ ...one, uid, action: 'update', changed: ['uid'] });
  const tell = async (changes: readonly Change[], what: string, remedy: string): Promise<void> => {
    const told = await subject.applied(changes, what, remedy);
    if (told.some(({ recordId, resourceKey }) => resourceKey !== keyOf(made, recordId)))
      fail('A change with another uid got another resourceKey.', BY_KEY);
    await requireHeld(subject, made, 'a change with another uid');
  };
  const exchange = 'An exchange of two uids';
  await tell([called(first, `${first.uid}-renamed`)], 'A change that brings another uid', BY_KEY);
  await tell([called(second, first.uid)], 'A change that brings the earlier uid of another record', BY_KEY);
  await tell([called(second, second.uid)], 'A change that brings an earlier uid back', BY_KEY);
  await tell([called(first, first.uid)], 'A change that brings an earlier uid back', BY_KEY);
  await tell([called(first, second.uid), called(second, first.uid)], `${exchange} in one batch`, PARK);
  await tell([called(second, second.uid)], `${exchange} in two batches`, PARK);
  await tell([called(first, first.uid)], `${exchange} in two batches`, PARK);
}

const keyOf = (changes: readonly Change[], recordId: number): string | undefined =>
  changes.find((change) => change.recordId === recordId)?.resourceKey;

async function requireOrder(subject: TargetSubject, dataType: DataType): Promise<void> {
  const old = await subject.applied(subject.creates(dataType, 3), 'A batch of new records');
  const fresh = subject.creates(dataType, 3);
  const [gone, ...stay] = old;
  if (!gone) return;
  const mixed: Change[] = [
    ...fresh.toReversed(),
    { ...gone, action: 'delete', payload: {} },
    ...stay.toReversed().map((one) => ({ ...one, action: 'update' as const })),
  ];
  await subject.applied(mixed, 'A batch in another order');
  await requireHeld(subject, [...fresh, ...stay], 'a batch in another order');
  if ((await subject.resourcesOf(gone)).length > 0)
    fail('In a batch in another order a delete was lost.', 'Do for each change what its action says.');
}

async function requireDisable(subject: TargetSubject, dataType: DataType): Promise<void> {
  if (!subject.rules(dataType).canDisable) return;
  const [made] = await subject.applied(subject.creates(dataType, 1), 'A create');
  if (!made) return;
  await subject.applied([{ ...made, action: 'disable' }], 'A disable');
  if ((await subject.resourceOf(made, 'a disable')).disabled !== true)
    fail('Somebody who was disabled is not disabled there.', 'Disable them, or say canDisable: false.');
  await subject.applied([{ ...made, action: 'disable' }], 'A disable that came before');
  await subject.applied([{ ...made, action: 'restore' }], 'A restore');
  if ((await subject.resourceOf(made, 'a restore')).disabled === true)
    fail('Somebody who was restored is still disabled there.', 'Enable them with "restore".');
  await requireDisableWrites(subject, made);
}

/** What changes in the record together with its life comes with the disable, and is not said again. */
async function requireDisableWrites(subject: TargetSubject, made: Change): Promise<void> {
  const { dataType } = made;
  const { fields } = subject.rules(dataType);
  const field = MARKS[dataType].find((mark) => reads(fields, mark));
  if (field === undefined) return;
  const payload = { ...made.payload, [field]: sample(dataType, 5_000 + made.recordId, fields)[field] };
  await subject.applied([{ ...made, action: 'disable', payload, changed: [field] }], 'A disable with another value');
  const [held] = await subject.resourcesOf({ dataType, payload });
  if (held?.fields[field] !== payload[field]) {
    fail(
      `A disable with another ${field} does not write it.`,
      'Write the fields with "disable", too: it carries the whole payload, and what changed is not said again.',
    );
  }
}

async function requireDelete(subject: TargetSubject, dataType: DataType): Promise<void> {
  const [made, beside] = await subject.applied(subject.creates(dataType, 2), 'A create');
  if (!made || !beside) return;
  await subject.applied([{ ...made, action: 'delete', payload: {} }], 'A delete');
  if ((await subject.resourcesOf(made)).length > 0)
    fail('Somebody who was deleted is still there.', 'Delete them, or leave them out of "held" when they are hidden.');
  await requireHeld(subject, [beside], 'the delete of another one');
  await subject.applied([{ ...made, action: 'delete', payload: {} }], 'A delete that came before');
  await subject.applied([{ ...made, action: 'restore' }], 'A restore');
  await requireHeld(subject, [made], 'a restore');
}

async function requireAbsent(subject: TargetSubject, dataType: DataType): Promise<void> {
  const nobody = subject.creates(dataType, 2);
  await subject.applied(
    nobody.map((change) => ({ ...change, action: 'delete', payload: {} })),
    'A delete of somebody who was never made',
  );
  if (subject.rules(dataType).canDisable) {
    await subject.applied(
      nobody.map((change) => ({ ...change, action: 'disable' })),
      'A disable of somebody who was never made',
    );
  }
}

async function requireOneRefused(subject: TargetSubject, dataType: DataType): Promise<void> {
  const refused = subject.fixture.refused?.[dataType];
  if (!refused) return;
  const changes = subject.creates(dataType);
  const bad = Math.floor(BATCH / 2);
  const batch = changes.map((change, index) =>
    index === bad ? { ...change, payload: { ...change.payload, ...refused } } : change,
  );
  const { outcomes, error } = await subject.apply(batch);
  if (error !== undefined)
    fail(
      `One record that is refused ended the whole batch: ${sayError(error)}.`,
      'Yield its outcome with a failure, and go on.',
      error,
    );
  for (const [index, { recordId }] of batch.entries()) {
    const failure = outcomes.get(recordId)?.failure;
    if (index === bad && !failure)
      fail(
        'A record that the other side refuses counts as applied.',
        'Yield {recordId, failure: {code, message}} for it.',
      );
    if (index !== bad && failure)
      fail(
        `A record failed beside one that is refused: ${failure.message}`,
        'Only the guilty one fails: try the others without it.',
      );
  }
  await requireHeld(
    subject,
    changes.filter((_, index) => index !== bad),
    'a batch with one that is refused',
  );
}

async function used(subject: TargetSubject, dataType: DataType): Promise<number> {
  const { session, error } = await subject.apply(subject.creates(dataType));
  if (error !== undefined) fail(`A batch of new records failed: ${sayError(error)}.`, 'Nothing was in its way.', error);
  if (session.used === 0)
    fail(
      'The kit cannot put faults in: nothing was asked through context.http.',
      'Use it for every address that an admin can type; or give the fixture "tcp", or "local" when nobody is asked.',
    );
  return session.used;
}

/** A batch in whose middle everything fails. What it had not done goes through at the next try. */
async function failing(subject: TargetSubject, dataType: DataType, kind: FaultKind): Promise<unknown> {
  const at = Math.max(1, Math.ceil((await used(subject, dataType)) / 2));
  const changes = subject.creates(dataType);
  const run = await subject.apply(changes, { fault: { kind, at } });
  const failures = [...run.outcomes.values()].flatMap(({ failure }) => failure ?? []);
  const said = run.error ?? failures[0];
  if (said === undefined)
    fail(
      `A batch says that all was applied although the other side failed (${kind}).`,
      'Look at the status of each answer.',
    );
  const rest = changes.filter(
    ({ recordId }) => run.outcomes.get(recordId)?.failure !== undefined || !run.outcomes.has(recordId),
  );
  await subject.applied(rest, 'The rest of a batch that was interrupted');
  await requireHeld(subject, changes, 'a batch in two parts');
  return said;
}

async function requireBusy(subject: TargetSubject, dataType: DataType): Promise<void> {
  const said = await failing(subject, dataType, 'busy');
  if (isRollcallError(said) && PASSING.includes(said.code) && (said.retryAfter ?? 0) >= RETRY_AFTER) return;
  fail(
    `The other side asked to come again in ${RETRY_AFTER} seconds (429, Retry-After), and the adapter said ${describe(said)}.`,
    `Throw a RollcallError "vendor_busy" with {retryAfter: ${RETRY_AFTER}}: Rollcall waits that long.`,
    said,
  );
}

const WORDS = { reset: 'the connection broke off', 'server-error': 'the other side answered 500' } as const;

async function requirePassing(subject: TargetSubject, dataType: DataType, kind: keyof typeof WORDS): Promise<void> {
  const said = await failing(subject, dataType, kind);
  const code = typeof said === 'object' && said !== null && 'code' in said ? String(said.code) : '';
  if (PASSING.includes(code)) return;
  fail(
    `When ${WORDS[kind]}, the adapter said ${describe(said)}.`,
    `Throw a RollcallError with one of the codes ${PASSING.join(', ')}.`,
    said,
  );
}

const describe = (said: unknown): string => (said instanceof Error ? sayError(said) : JSON.stringify(said));

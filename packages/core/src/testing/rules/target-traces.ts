import { fail, type RuleDraft } from '../conformance';
import type { FaultKind } from '../faults';
import { type ApplyRun, comparable, type TargetSubject } from '../target-subject';
import { check, givenSecrets, withWrong } from './credentials';

/** Rules for what a target says while it writes. */
export function targetTraceRules(subject: TargetSubject): RuleDraft[] {
  const { fixture, secrets, adapter, dataTypes } = subject;
  const [dataType = 'user'] = dataTypes;
  const echoes: readonly FaultKind[] = fixture.tcp || fixture.local ? [] : ['echo', 'echo-refusal'];
  return [
    {
      id: 'no-secrets',
      title: 'no secret is in a log line, an outcome or an error, not even when the other side quotes it',
      leftOut: secrets.length === 0 ? 'The adapter has no secrets.' : undefined,
      check: async () => {
        await fixture.empty();
        requireNoSecret(subject, await subject.apply(subject.creates(dataType)));
        for (const kind of echoes) {
          requireNoSecret(subject, await subject.apply(subject.creates(dataType), { fault: { kind, at: 1 } }));
        }
        for (const name of givenSecrets(fixture, secrets)) {
          const options = withWrong(adapter.configSchema, fixture, name);
          requireNoSecret(subject, await subject.apply(subject.creates(dataType), { options }));
        }
      },
    },
    {
      id: 'check-writes',
      title: 'check changes nothing that the other side holds',
      leftOut: adapter.check === undefined ? 'The adapter has no check.' : undefined,
      check: async () => {
        await fixture.empty();
        await subject.applied(subject.creates(dataType), 'A batch of new records');
        const holding = async (): Promise<string> => (await fixture.held()).map(comparable).sort().join('\n');
        const before = await holding();
        await check(adapter, fixture, {});
        if ((await holding()) === before) return;
        fail(
          'check changed what the other side holds.',
          'It is pressed at any time, by people who only look: ask something that only reads.',
        );
      },
    },
    {
      id: 'no-personal-data',
      title: 'nothing of a record is in a log line',
      check: async () => {
        await fixture.empty();
        const changes = subject.creates(dataType);
        const values = changes.flatMap(({ payload }) =>
          Object.values(payload).filter((value) => typeof value === 'string'),
        );
        for (const fault of [undefined, { kind: 'server-error', at: 1 } as const]) {
          const { session } = await subject.apply(changes, fault ? { fault } : {});
          const line = session.traces.mention(values);
          if (line !== undefined)
            fail(
              `A log line or an error holds a value of a record: "${line.slice(0, 200)}".`,
              'Say what happened and how many, never who.',
            );
        }
      },
    },
  ];
}

function requireNoSecret({ secrets }: TargetSubject, { session }: ApplyRun): void {
  const name = session.traces.leaked(session.secretValues(secrets));
  if (name === undefined) return;
  fail(
    `The secret "${name}" can be read in a log line, an outcome or an error.`,
    'Never put addresses with their query, headers, or answers of the other side into messages.',
  );
}

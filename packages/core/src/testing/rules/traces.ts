import { fail, type RuleDraft } from '../conformance';
import { DATA_TYPES } from '../../records';
import type { SourceSubject } from '../source-subject';
import { givenSecrets, withWrong } from './credentials';

/** Fields of people that nobody may find in a log. */
const PERSONAL = ['nickname', 'username', 'email', 'phone'];
/** Shorter values are parts of ordinary words. */
const SHORTEST = 5;

/** Rules for what a source says while it reads: log lines, and the messages of its errors. */
export function traceRules(subject: SourceSubject): RuleDraft[] {
  const { fixture, secrets, adapter } = subject;
  return [
    {
      id: 'no-secrets',
      title: 'no secret is in a log line or an error, not even when the server quotes it',
      leftOut: secrets.length === 0 ? 'The adapter has no secrets.' : undefined,
      seconds: 60,
      check: async () => {
        requireNoSecret(subject, await subject.clean());
        if (!fixture.tcp && !fixture.local)
          for (const place of [0, 0.5]) {
            requireNoSecret(subject, await subject.pullWithFault('echo', place));
            requireNoSecret(subject, await subject.pullWithFault('echo-refusal', place));
          }
        for (const name of givenSecrets(fixture, secrets)) {
          requireNoSecret(subject, await subject.pull({ options: withWrong(adapter.configSchema, fixture, name) }));
        }
      },
    },
    {
      id: 'no-personal-data',
      title: 'nothing of a record is in a log line or an error',
      seconds: 60,
      check: async () => {
        const run = await subject.clean();
        const people = new Set(
          run.pages
            .flatMap(({ dataType, records = [] }) => (dataType === DATA_TYPES[0] ? records : []))
            .flatMap((record) =>
              PERSONAL.flatMap((field) => {
                const value = record[field];
                return typeof value === 'string' && value.length >= SHORTEST ? [value] : [];
              }),
            ),
        );
        const runs = [run];
        if (!fixture.local) {
          runs.push(await subject.pullWithFault(fixture.tcp ? 'reset' : 'truncated', 0.5));
          runs.push(await subject.pullWithFault('truncated', 1));
        }
        const line = runs.map(({ session }) => session.traces.mention(people)).find((found) => found !== undefined);
        if (line !== undefined) {
          fail(
            `A log line or an error holds a value of a record: "${line.slice(0, 200)}".`,
            'Say what happened and how many, never who; do not quote answers.',
          );
        }
      },
    },
  ];
}

type Run = Awaited<ReturnType<SourceSubject['pull']>>;

function requireNoSecret({ secrets }: SourceSubject, { session }: Run): void {
  const name = session.traces.leaked(session.secretValues(secrets));
  if (name === undefined) return;
  fail(
    `The secret "${name}" can be read in a log line or an error.`,
    'Never put addresses with their query, headers, or answers of the vendor into messages.',
  );
}

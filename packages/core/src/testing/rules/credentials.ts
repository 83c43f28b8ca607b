import { validateOptions } from '../../checks/config-schema';
import type { Adapter } from '../../adapter';
import type { CheckResult, ConfigSchema } from '../../contract';
import { isRollcallError } from '../../errors';
import { fail, type RuleDraft } from '../conformance';
import { type Options, Session, type SessionFixture, within } from '../session';
import { sayError } from '../say-error';

/** How long a check may take in Rollcall. */
const CHECK_SECONDS = 15;

/** What of a fixture these rules need. */
export interface CredentialsFixture extends SessionFixture {
  wrong?: Readonly<Record<string, string | null>>;
}

/** Uses the adapter with options of which one secret is wrong; resolves with what it threw. */
export type Attempt = (options: object) => Promise<unknown>;

/** Rules for what becomes of options that are wrong. `attempt`: absent for an adapter that does nothing by itself. */
export function credentialRules(
  adapter: Adapter,
  fixture: CredentialsFixture,
  secrets: readonly string[],
  attempt: Attempt | undefined,
): RuleDraft[] {
  const noSecret =
    shownSecrets(fixture, secrets).length === 0 ? 'The adapter has no secret that a request shows.' : undefined;
  const noCheck = adapter.check === undefined ? 'The adapter has no check.' : undefined;
  return [
    {
      id: 'wrong-credentials',
      title: 'a wrong secret is told as "credentials" or "permission", with the name of its option',
      leftOut: attempt ? noSecret : 'The adapter asks nobody.',
      check: async () => {
        for (const name of givenSecrets(fixture, secrets))
          requireBlame(name, await attempt?.(withWrong(adapter.configSchema, fixture, name)));
      },
    },
    {
      id: 'check',
      title: 'check finds that options work which do',
      leftOut: noCheck,
      check: async () => {
        const { ok, message } = await check(adapter, fixture, {});
        if (!ok) fail(`check says of options that work: ${message}`, 'Answer {ok: true, message} with what was found.');
        if (message.trim() === '')
          fail(
            'check found that the options work and says nothing else.',
            'Say in its message what was seen: how many people, which fields.',
          );
      },
    },
    {
      id: 'check-wrong',
      title: 'check names the option that holds a wrong secret, and does not throw',
      leftOut: noCheck ?? noSecret,
      check: async () => {
        for (const name of givenSecrets(fixture, secrets)) {
          const result = await check(adapter, fixture, withWrong(adapter.configSchema, fixture, name));
          if (result.ok) fail(`check finds nothing wrong with a wrong "${name}".`, 'Ask something that needs it.');
          if (result.errors?.some(({ field }) => field === name) !== true) {
            fail(
              `check does not say that "${name}" is wrong.`,
              `Answer {ok: false, message, errors: [{field: "${name}", message}]}.`,
            );
          }
        }
      },
    },
  ];
}

/** The secrets that requests show. */
export const shownSecrets = (fixture: CredentialsFixture, secrets: readonly string[]): string[] =>
  secrets.filter((name) => fixture.wrong?.[name] !== null);

/** The secrets that the options of a fixture hold and that requests show. */
export function givenSecrets(fixture: CredentialsFixture, secrets: readonly string[]): string[] {
  const options = fixture.options() as Options;
  const given = shownSecrets(fixture, secrets).filter((name) => options[name] !== undefined);
  if (given.length > 0) return given;
  return fail(
    `The options of the fixture hold none of the secrets ${secrets.join(', ')}.`,
    'Give it one, so that a wrong one can be tried; or say {wrong: {<name>: null}} of those that no request shows.',
  );
}

/** What `check` answers to the options of the fixture with some others. */
export async function check(adapter: Adapter, fixture: SessionFixture, options: object): Promise<CheckResult> {
  const session = await Session.open(adapter, fixture, { options });
  try {
    const asked = Promise.resolve(adapter.check?.(session.context)).catch((error: unknown) =>
      fail(
        `check threw ${sayError(error)}.`,
        'Answer {ok: false, message, errors} for whatever an admin can put right.',
        error,
      ),
    );
    const result: unknown = await within(CHECK_SECONDS, asked, 'check', 'Rollcall waits no longer.');
    if (isResult(result)) return result;
    return fail('check did not answer {ok, message}.', 'Answer so, and errors beside them when an option is to blame.');
  } finally {
    await session.close();
  }
}

const isResult = (result: unknown): result is CheckResult =>
  typeof result === 'object' &&
  result !== null &&
  'ok' in result &&
  typeof result.ok === 'boolean' &&
  'message' in result &&
  typeof result.message === 'string';

function requireBlame(name: string, error: unknown): void {
  if (error === undefined)
    fail(
      `With a wrong "${name}" nothing failed.`,
      'Throw a RollcallError "credentials" with its field, or say in the fixture that no request shows it.',
    );
  if (!isRollcallError(error) || (error.code !== 'credentials' && error.code !== 'permission')) {
    fail(
      `With a wrong "${name}" the adapter threw ${sayError(error)}.`,
      'Throw a RollcallError with the code "credentials" (or "permission"): it is not tried again, and an admin is told.',
      error,
    );
  }
  if (error.field !== name) {
    fail(
      `With a wrong "${name}" the error blames ${error.field === undefined ? 'no option' : `"${error.field}"`}.`,
      `Give it {field: "${name}"}: the form shows the message there.`,
    );
  }
}

/** The options of the fixture with one secret changed into another of the same kind. */
export function withWrong(schema: ConfigSchema, fixture: CredentialsFixture, name: string): object {
  const options = fixture.options() as Options;
  const value = fixture.wrong?.[name] ?? turned(String(options[name]));
  const changed = { ...options, [name]: value };
  const [problem] = validateOptions(schema, changed);
  if (problem) {
    fail(
      `The kit knows no wrong value for "${name}" that the schema takes: ${problem.message}.`,
      `Give the fixture one: {wrong: {${name}: "…"}}.`,
    );
  }
  return { [name]: value };
}

/** Every letter and digit replaced by the next one. */
function turned(secret: string): string {
  const next = (character: string, first: string, count: number): string =>
    String.fromCharCode(first.charCodeAt(0) + ((character.charCodeAt(0) - first.charCodeAt(0) + 1) % count));
  const changed = secret
    .replace(/[a-z]/g, (letter) => next(letter, 'a', 26))
    .replace(/[A-Z]/g, (letter) => next(letter, 'A', 26))
    .replace(/[0-9]/g, (digit) => next(digit, '0', 10));
  return changed === secret ? `${secret}x` : changed;
}

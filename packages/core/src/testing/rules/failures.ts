import { type ErrorCode, isRollcallError } from '../../errors';
import { fail, type RuleDraft } from '../conformance';
import { type FaultKind, RETRY_AFTER } from '../faults';
import { overWithin } from '../patience';
import { sayError } from '../say-error';
import { LOCAL } from '../session';
import type { PullRun, SourceSubject } from '../source-subject';

/** Trying again later may help. */
const PASSING: readonly ErrorCode[] = ['vendor_busy', 'network', 'read_interrupted', 'unavailable'];
/** What came is not what the vendor sends; the vendor, or something before it. */
const STRANGE: readonly ErrorCode[] = [...PASSING, 'bad_answer'];

/** Where in a read faults are put in: in the middle, and at its last request. */
const PLACES = [0.5, 1];

interface FailureRule {
  id: string;
  title: string;
  kinds: readonly FaultKind[];
  codes: readonly ErrorCode[];
  /** For adapters with a client of their own. */
  tcp: boolean;
}

const FAILURES: readonly FailureRule[] = [
  {
    id: 'failure-busy',
    title: '429 in the middle of a read ends it with an error that passes',
    kinds: ['busy'],
    codes: PASSING,
    tcp: false,
  },
  {
    id: 'failure-server-error',
    title: '500 in the middle of a read ends it with an error that passes',
    kinds: ['server-error'],
    codes: PASSING,
    tcp: false,
  },
  {
    id: 'failure-connection',
    title: 'a connection that breaks off, or is silent for too long, ends a read with an error that passes',
    kinds: ['reset', 'timeout'],
    codes: PASSING,
    tcp: true,
  },
  {
    id: 'failure-truncated',
    title: 'half an answer in the middle of a read ends it with an error',
    kinds: ['truncated'],
    codes: STRANGE,
    tcp: true,
  },
  {
    id: 'failure-html',
    title: 'a page for people in the middle of a read ends it with an error',
    kinds: ['html'],
    codes: STRANGE,
    tcp: false,
  },
];

/** Rules for what happens when something goes wrong in the middle: a read that was cut never looks like a whole one. */
export function failureRules(subject: SourceSubject): RuleDraft[] {
  const { tcp, local } = subject.fixture;
  const noConnection = local ? LOCAL : undefined;
  const onlyHttp =
    noConnection ?? (tcp ? 'It speaks of answers by HTTP, and the adapter has a client of its own.' : undefined);
  return [
    ...FAILURES.map(({ id, title, kinds, codes, tcp: also }) => ({
      id,
      title,
      seconds: 60,
      leftOut: also ? noConnection : onlyHttp,
      check: async () => {
        for (const kind of kinds) {
          if (tcp && kind === 'timeout') continue;
          for (const place of PLACES) requireFailure(await subject.pullWithFault(kind, place), subject, kind, codes);
          await requireHonesty(subject, kind);
        }
      },
    })),
    {
      id: 'asked-to-wait',
      title: 'a vendor that asks to come again later is left alone until then',
      leftOut: onlyHttp,
      check: () => requirePatience(subject),
    },
  ];
}

const WORDS: Partial<Record<FaultKind, string>> = {
  busy: 'the server answered 429 from the middle on',
  'server-error': 'the server answered 500 from the middle on',
  reset: 'every connection broke off from the middle on',
  timeout: 'every request took too long from the middle on',
  truncated: 'every answer was cut in half from the middle on',
  html: 'every answer was a page of HTML from the middle on',
};

function requireFailure(
  run: PullRun & { wasHit: boolean },
  subject: SourceSubject,
  kind: FaultKind,
  codes: readonly ErrorCode[],
): void {
  const when = WORDS[kind] ?? kind;
  if (!run.wasHit) {
    fail(
      'The kit cannot put faults in: a read asks nothing through context.http.',
      'Use context.http for every address that an admin can type, or give the fixture "tcp" when the adapter has a client of its own, or "local" when it asks nobody.',
    );
  }
  if (run.result) {
    const [falsely] = subject.falselyComplete(run);
    if (falsely !== undefined) {
      fail(
        `A read says complete.${falsely} = true although ${when}: whoever it did not bring would be taken for gone.`,
        'Let errors through: a read that was cut throws.',
      );
    }
    const seen = subject.seen(run);
    const all = (['user', 'department'] as const).every((type) => seen[type].length >= subject.held(type).length);
    if (!all)
      fail(
        `A read ended early and without an error although ${when}.`,
        'Throw: what came before is kept, and Rollcall reads again.',
      );
    return;
  }
  const { error } = run;
  if (isRollcallError(error) && codes.includes(error.code)) return;
  fail(
    `When ${when}, a read threw ${sayError(error)}.`,
    `Throw a RollcallError with one of the codes ${codes.join(', ')}.`,
    error,
  );
}

/** What happens once may be got over, and then nobody is missing; or it ends the read. */
async function requireHonesty(subject: SourceSubject, kind: FaultKind): Promise<void> {
  if (subject.fixture.tcp) return;
  const run = await subject.pullWithFault(kind, 0.5, 1);
  const [falsely] = subject.falselyComplete(run);
  if (falsely === undefined) return;
  fail(
    `One request failed (${kind}), and the read says complete.${falsely} = true without those whom it would have brought.`,
    'Ask again for what failed, or throw.',
  );
}

/** How long somebody who waits by themselves is watched, in milliseconds. */
const WATCHED_MS = 1_500;
/** Requests that were on their way together with the refused one are all there by then. */
const LATER_MS = 200;

async function requirePatience(subject: SourceSubject): Promise<void> {
  const session = await subject.session({ fault: { kind: 'busy', at: 1 } });
  try {
    const reading = subject.read(session);
    await Promise.race([reading, session.hit]);
    const ended = await overWithin(WATCHED_MS, reading);
    const again = session.askedAfter(LATER_MS);
    if (again > 0) {
      fail(
        `The server asked to come again in ${RETRY_AFTER} seconds, and was asked ${again} times more within ${WATCHED_MS / 1000}.`,
        'Read Retry-After: throw "vendor_busy" with retryAfter, or wait.',
      );
    }
    // It waits by itself.
    if (!ended) return;
    const { error } = await reading;
    // That it goes on without an error is told by another rule.
    if (error === undefined) return;
    if (isRollcallError(error) && (error.retryAfter ?? 0) >= RETRY_AFTER) return;
    fail(
      `The server asked to come again in ${RETRY_AFTER} seconds, and the error does not say so: ${sayError(error)}.`,
      `Throw a RollcallError "vendor_busy" with {retryAfter: ${RETRY_AFTER}}: Rollcall waits that long.`,
    );
  } finally {
    await session.close();
  }
}

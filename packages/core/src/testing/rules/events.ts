import { isRollcallError } from '../../errors';
import type { CallbackAnswer, CallbackRequest, Hint, SourceEvents } from '../../events';
import type { Page } from '../../source';
import { fail, type RuleDraft } from '../conformance';
import { sayError } from '../say-error';
import { type Session, within } from '../session';
import { missing, type SourceSubject } from '../source-subject';
import { DATA_TYPES } from '../../records';

const LONGEST_KEY = 255;
const LARGEST_HINT = 4 * 1024;
const REFUSALS = ['unauthenticated', 'invalid_request', 'payload_too_large'];

/** Rules for live events: who is believed, and what is read again. */
export function eventRules(subject: SourceSubject): RuleDraft[] {
  const { adapter, fixture } = subject;
  const { events } = adapter;
  const none = events ? undefined : 'The adapter has no events.';
  const noSample = none ?? (fixture.event ? undefined : 'The fixture brings no genuine request (event).');
  return [
    {
      id: 'event-strangers',
      title: 'a request that the vendor did not send is refused, and nobody is asked about it',
      leftOut: none,
      check: async () => {
        for (const request of STRANGERS) await requireRefusal(subject, request, 'A request that anybody could send');
      },
    },
    {
      id: 'event-forged',
      title: 'a genuine request that was changed on its way is refused',
      leftOut: noSample,
      check: async () => {
        const sample = await fixture.event?.();
        if (sample) await requireRefusal(subject, forged(sample.request), 'A genuine request with a letter changed');
      },
    },
    {
      id: 'event-read',
      title: 'a genuine request is answered within a second without asking the vendor, and what it names is read',
      leftOut: noSample,
      check: () => requireEvent(subject),
    },
  ];
}

const STRANGERS: readonly CallbackRequest[] = [
  { method: 'GET', query: {}, headers: {}, body: new Uint8Array() },
  {
    method: 'GET',
    query: { signature: 'x', timestamp: '1', nonce: 'x', echostr: 'x' },
    headers: {},
    body: new Uint8Array(),
  },
  {
    method: 'POST',
    query: {},
    headers: { 'content-type': 'application/json' },
    body: Buffer.from('{"event": "user.deleted", "id": "1"}'),
  },
  {
    method: 'POST',
    query: {},
    headers: { 'content-type': 'text/xml' },
    body: Buffer.from('<xml><Event>x</Event></xml>'),
  },
  { method: 'POST', query: {}, headers: {}, body: new Uint8Array([0, 255, 128]) },
];

async function received(subject: SourceSubject, request: CallbackRequest, session: Session): Promise<CallbackAnswer> {
  return eventsOf(subject).receive(request, session.context);
}

function eventsOf({ adapter: { events } }: SourceSubject): SourceEvents {
  return events ?? fail('The adapter has no events.', 'Correct the kit.');
}

async function requireRefusal(subject: SourceSubject, request: CallbackRequest, what: string): Promise<void> {
  const session = await subject.session();
  try {
    const error: unknown = await received(subject, request, session).then(
      () => fail(`${what} was believed.`, 'Verify the signature of every request before you look at what it says.'),
      (reason: unknown) => reason,
    );
    if (!isRollcallError(error) || !REFUSALS.includes(error.code)) {
      fail(
        `${what} was refused with ${sayError(error)}.`,
        'Throw a RollcallError "unauthenticated", or "invalid_request".',
        error,
      );
    }
    requireSilence(session);
  } finally {
    await session.close();
  }
}

function requireSilence(session: Session): void {
  if (session.asked > 0) fail('receive asked the vendor something.', 'The vendor waits for its answer: ask in read.');
}

async function requireEvent(subject: SourceSubject): Promise<void> {
  const sample = await subject.fixture.event?.();
  if (!sample) return;
  const session = await subject.session();
  try {
    const { hints = [] } = await within(
      1,
      received(subject, sample.request, session),
      'receive',
      'The vendor waits no longer than that.',
    );
    requireSilence(session);
    hints.forEach(requireHint);
    const pages: Page[] = [];
    const reading = eventsOf(subject).read({
      ...session.context,
      hints,
      within: 'event',
      known: (_dataType, uids) => Promise.resolve(new Map(uids.map((uid) => [uid, 'there']))),
    });
    await within(
      10,
      (async () => {
        for await (const page of reading) pages.push(page);
      })(),
      'read',
      'Each wait needs an end.',
    );
    const seen = subject.seen({ pages });
    for (const dataType of DATA_TYPES) {
      const wanted = (sample.brings[dataType] ?? []).map((uid) =>
        subject.adapter.uidCase === 'insensitive' ? uid.toLowerCase() : uid,
      );
      const [lost] = missing(wanted, seen[dataType]);
      if (lost !== undefined)
        fail(
          `The read after an event does not bring the ${dataType} "${lost}".`,
          'Read again what the hints name, and yield it as it is now.',
        );
    }
  } finally {
    await session.close();
  }
}

function requireHint({ key, data }: Hint): void {
  if (typeof key !== 'string' || key === '' || key.length > LONGEST_KEY)
    fail(
      `A hint has the key ${JSON.stringify(key)}.`,
      `Make it a text of up to ${LONGEST_KEY} characters, like "user:42".`,
    );
  if (JSON.stringify(data).length > LARGEST_HINT)
    fail('A hint is larger than 4 kB.', 'Put ids into it and nothing else.');
}

/** The last letter or digit of what carries the message, changed. */
function forged({ body, query, ...request }: CallbackRequest): CallbackRequest {
  if (body.length > 0) {
    const changed = Buffer.from(body);
    const at = Math.floor(changed.length / 2);
    changed[at] = (changed[at] ?? 0) === 0x41 ? 0x42 : 0x41;
    return { ...request, query, body: changed };
  }
  return {
    ...request,
    body,
    query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, `${value}A`])),
  };
}

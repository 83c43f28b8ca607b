import { KNOWN_FIELDS, readRecord } from '../../read-record';
import { DATA_TYPES, type DataType } from '../../records';
import type { Page } from '../../source';
import { fail, type RuleDraft } from '../conformance';
import { missing, required, type PullRun, type SourceSubject } from '../source-subject';

/** More in one page is too much for memory, and for a transaction. */
const LARGEST_PAGE = 5_000;

/** Rules for what a read brings when nothing is in its way. */
export function recordRules(subject: SourceSubject): RuleDraft[] {
  return [
    {
      id: 'pages',
      title: 'pages have the shape of the contract, and at most 5,000 records',
      check: async () => (await subject.clean()).pages.forEach((page) => requirePage(page, subject)),
    },
    {
      id: 'pages-as-asked',
      title: 'pages are read when they are asked for, and not all of them before the first',
      leftOut: subject.fixture.tcp ? 'What a proxy has passed on may still wait in a buffer.' : undefined,
      check: async () => requireFlow(await subject.clean()),
    },
    {
      id: 'records',
      title: 'records are valid, and have no field that nobody knows',
      check: async () => (await subject.clean()).pages.forEach((page) => requireRecords(page, subject)),
    },
    {
      id: 'everybody',
      title: 'nobody is lost at the borders of pages, and a whole read says that it is complete',
      check: async () => requireEverybody(await subject.clean(), subject),
    },
    {
      id: 'uids-unique',
      title: 'a read names each uid once',
      check: async () => requireUnique(await subject.clean(), subject),
    },
    {
      id: 'uids-stable',
      title: 'a second read names the same uids',
      check: async () => {
        const again = await subject.pull();
        required(again, 'A second read');
        const [first, second] = [subject.seen(await subject.clean()), subject.seen(again)];
        for (const dataType of DATA_TYPES) {
          const [gone] = missing(first[dataType], second[dataType]);
          if (gone === undefined) continue;
          fail(
            `The ${dataType} "${gone}" of the first read has another uid in the second one.`,
            'Take the id that the vendor never changes, not a position, a name or an address: everybody would be gone and new.',
          );
        }
      },
    },
  ];
}

function requirePage(page: unknown, { fixture }: SourceSubject): void {
  const remedy = 'See the type Page of @rollcall/core.';
  if (typeof page !== 'object' || page === null) fail('A page is no object.', remedy);
  const { dataType, records, renames = [], failed = [], cursor } = page as Partial<Page>;
  if (!DATA_TYPES.some((known) => known === dataType))
    fail(`The dataType of a page is ${JSON.stringify(dataType)}.`, remedy);
  if (records === undefined && renames.length === 0) fail('A page has neither records nor renames.', remedy);
  if (![records ?? [], renames, failed].every(Array.isArray)) fail('Records, renames and failed are lists.', remedy);
  const size = (records?.length ?? 0) + failed.length;
  if (size > LARGEST_PAGE)
    fail(`A page has ${size} records.`, 'Yield smaller ones, of 100 to 5,000: a page is what memory holds.');
  if (failed.length > 0) {
    fail(
      `Of a page ${failed.length} failed: ${failed[0]?.message ?? ''}`,
      'The server of the fixture should hold nothing but good records; mend it, or the adapter.',
    );
  }
  for (const { from, to } of renames) {
    if ([from, to].some((uid) => typeof uid !== 'string' || uid.trim() === '') || from === to) {
      fail(`A rename is ${JSON.stringify({ from, to })}.`, 'Name two uids that differ.');
    }
  }
  if (cursor !== undefined && (typeof cursor !== 'string' || cursor === ''))
    fail('A cursor is no text.', 'Make it one, for example JSON.');
  if (cursor !== undefined && fixture.cursors !== true) {
    fail(
      'A page carries a cursor, and the fixture does not say so.',
      'Set "cursors: true" there, so that resuming is tested.',
    );
  }
}

/** Whoever collects everything first has made all requests before the first page is out. */
function requireFlow({ pages, usedAtPage, session }: PullRun): void {
  const [atFirst = 0] = usedAtPage;
  if (pages.length < 3 || session.used < pages.length || atFirst < session.used) return;
  fail(
    `All ${session.used} requests were made before the first of ${pages.length} pages was yielded: the whole directory was in memory.`,
    'Yield each page as it comes.',
  );
}

function requireRecords({ dataType, records = [] }: Page, { adapter, fixture }: SourceSubject): void {
  const custom = fixture.customFields?.[dataType] ?? [];
  for (const record of records) {
    const { failure, warnings } = readRecord(dataType, record, { uidCase: adapter.uidCase });
    if (failure)
      fail(
        `Rollcall refuses a ${dataType}: ${failure.message}`,
        'Bring such values into the form of a record, or leave them out.',
      );
    if (warnings[0]) fail(`Rollcall warns of a ${dataType}: ${warnings[0].message}`, 'Follow the warning.');
    const unknown = Object.keys(record).find((field) => !KNOWN_FIELDS[dataType].has(field) && !custom.includes(field));
    if (unknown !== undefined) {
      fail(
        `A ${dataType} has the field "${unknown}", which is none of ${[...KNOWN_FIELDS[dataType]].join(', ')}.`,
        `If it is a custom field, name it in the fixture (customFields.${dataType}); otherwise it is misspelt.`,
      );
    }
  }
}

function requireEverybody(run: PullRun, subject: SourceSubject): void {
  const { complete } = required(run, 'A read');
  const seen = subject.seen(run);
  for (const dataType of DATA_TYPES) {
    const held = subject.held(dataType);
    const lost = missing(held, seen[dataType]);
    if (lost.length > 0) {
      fail(
        `Of ${held.length} records of the type ${dataType} a read lost ${lost.length}, the first of them "${lost[0] ?? ''}".`,
        'Look at the first and last record of each page, at empty pages, and at when the paging ends.',
      );
    }
    const strange = missing(seen[dataType], held);
    if (strange.length > 0) {
      fail(
        `A read brought the ${dataType} "${strange[0] ?? ''}", whom the fixture does not know.`,
        'Correct "holds" in the fixture, or the uid.',
      );
    }
    requireClaim(dataType, complete[dataType], subject.fixture.holds()[dataType] !== undefined);
  }
}

function requireClaim(dataType: DataType, said: unknown, read: boolean): void {
  if (read && said === true) return;
  if (!read && said === undefined) return;
  if (!read)
    fail(
      `A read speaks of complete.${dataType}, and read nothing of that type.`,
      'Leave it out, or name it in "holds" of the fixture.',
    );
  fail(
    `A read that brought everybody says complete.${dataType} = ${JSON.stringify(said)}.`,
    'Return {complete: {…: true}} for each data type that was read to its end; nobody can ever be missing otherwise.',
  );
}

function requireUnique(run: PullRun, subject: SourceSubject): void {
  for (const [dataType, uids] of Object.entries(subject.seen(run))) {
    const named = new Set<string>();
    const twice = uids.find((uid) => named.size === named.add(uid).size);
    if (twice === undefined) continue;
    fail(
      `A read names the ${dataType} "${twice}" twice.`,
      'Name everybody once: only what is said last of a uid counts.',
    );
  }
}

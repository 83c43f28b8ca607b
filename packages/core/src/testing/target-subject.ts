import { secretNames } from '../checks/config-schema';
import { canonicalJson } from '../canonical-json';
import type { Change, RowOutcome } from '../changes';
import { ERROR_POLICY } from '../errors';
import { DATA_TYPES, type DataType } from '../records';
import type { RemoteDataType, RemoteTargetAdapter } from '../target';
import { fail } from './conformance';
import type { Fault } from './faults';
import { MARKS, sample } from './samples';
import { sayError } from './say-error';
import { Session, within } from './session';
import type { HeldResource, TargetFixture } from './target-fixture';

const APPLY_SECONDS = 15;
/** So many records are handed over at once by the rules. */
export const BATCH = 8;
const LONGEST_KEY = 255;

/** What became of a batch. */
export interface ApplyRun {
  outcomes: Map<number, RowOutcome>;
  error?: unknown;
  session: Session;
}

/** A remote target adapter under test. */
export class TargetSubject {
  readonly secrets: readonly string[];
  readonly dataTypes: readonly DataType[];
  private nextId = 1;

  constructor(
    readonly adapter: RemoteTargetAdapter,
    readonly fixture: TargetFixture,
  ) {
    this.secrets = secretNames(adapter.configSchema);
    this.dataTypes = DATA_TYPES.filter((dataType) => adapter.dataTypes[dataType] !== undefined);
  }

  rules(dataType: DataType): RemoteDataType {
    return this.adapter.dataTypes[dataType] ?? fail(`The adapter does not read ${dataType}.`, 'Correct the kit.');
  }

  /** Records that no rule has handed over before, as new ones. */
  creates(dataType: DataType, count = BATCH): Change[] {
    return Array.from({ length: count }, () => {
      const recordId = this.nextId++;
      const payload = sample(dataType, recordId, this.rules(dataType).fields);
      return {
        ...{ recordId, version: 1, source: 'kit', dataType, uid: `kit-${recordId}`, action: 'create' as const },
        ...{ payload, changed: null },
      };
    });
  }

  session(fault?: Fault): Promise<Session> {
    return Session.open(this.adapter, this.fixture, fault ? { fault } : {});
  }

  /** Hands changes over. Whatever the adapter yields is checked; it may throw. */
  async apply(changes: readonly Change[], asked: { fault?: Fault; options?: object } = {}): Promise<ApplyRun> {
    const session = await Session.open(this.adapter, this.fixture, asked);
    try {
      return await within(
        APPLY_SECONDS,
        this.applyIn(session, changes),
        'A batch',
        'Each wait needs an end: give requests a time limit.',
      );
    } finally {
      await session.close();
    }
  }

  async applyIn(session: Session, changes: readonly Change[]): Promise<ApplyRun> {
    const run: ApplyRun = { outcomes: new Map(), session };
    const open = new Set(changes.map(({ recordId }) => recordId));
    try {
      for await (const outcome of this.rows(session, changes)) {
        const problem = outcomeProblem(outcome, open);
        if (problem !== undefined) return { ...run, error: problem };
        open.delete(outcome.recordId);
        run.outcomes.set(outcome.recordId, outcome);
      }
      if (open.size > 0)
        return {
          ...run,
          error: new Error(`${open.size} of ${changes.length} changes got no outcome: yield one for each`),
        };
    } catch (error) {
      run.error = error;
      session.traces.thrown(error);
    }
    for (const { failure } of run.outcomes.values()) if (failure) session.traces.thrown(new Error(failure.message));
    return run;
  }

  rows(session: Session, changes: readonly Change[]): AsyncIterable<RowOutcome> {
    return this.adapter.applyRows(structuredClone(changes), session.context);
  }

  /** Hands changes over that must all be applied. Returns them as they come the next time, with the key of their resource. */
  async applied(
    changes: readonly Change[],
    what: string,
    remedy = 'Nothing was wrong with what was handed over.',
  ): Promise<Change[]> {
    const run = await this.apply(changes);
    if (run.error !== undefined) fail(`${what} failed: ${sayError(run.error)}.`, remedy, run.error);
    const refused = [...run.outcomes.values()].find(({ failure }) => failure);
    if (refused?.failure) fail(`${what} was refused: "${refused.failure.code}": ${refused.failure.message}`, remedy);
    return changes.map(({ resourceKey: before, ...change }) => {
      const key = run.outcomes.get(change.recordId)?.resourceKey ?? before;
      return { ...change, ...(key !== undefined && { resourceKey: key }) };
    });
  }

  /** The resources that carry one of the marks of a change. */
  async resourcesOf({ dataType, payload }: Pick<Change, 'dataType' | 'payload'>): Promise<HeldResource[]> {
    const marks = MARKS[dataType].filter((field) => payload[field] !== undefined);
    const held = await this.fixture.held();
    return held.filter(
      (one) => one.dataType === dataType && marks.some((field) => same(one.fields[field], payload[field])),
    );
  }

  /** The one resource of a change; a finding when there is none, or more than one. */
  async resourceOf(change: Pick<Change, 'dataType' | 'payload'>, after: string): Promise<HeldResource> {
    const [resource, ...more] = await this.resourcesOf(change);
    if (!resource)
      fail(
        `After ${after} the other side does not hold the ${change.dataType}.`,
        'Write it, or correct "held" in the fixture.',
      );
    if (more.length > 0) {
      fail(
        `After ${after} the other side holds the ${change.dataType} ${more.length + 1} times.`,
        'Write by recordId: it is the same each time the change comes.',
      );
    }
    return resource;
  }
}

/** A resource as a text: the same for the same one. */
export const comparable = ({ dataType, fields, disabled = false }: HeldResource): string =>
  JSON.stringify(canonicalJson({ dataType, fields, disabled }));

const same = (one: unknown, other: unknown): boolean =>
  one !== undefined && JSON.stringify(one) === JSON.stringify(other);

const isKey = (key: unknown): boolean => typeof key === 'string' && key !== '' && key.length <= LONGEST_KEY;

function outcomeProblem(outcome: unknown, open: ReadonlySet<number>): Error | undefined {
  if (typeof outcome !== 'object' || outcome === null)
    return new Error('an outcome is no object {recordId, resourceKey?, failure?}');
  const { recordId, resourceKey, failure } = outcome as Partial<RowOutcome>;
  if (recordId === undefined || !open.has(recordId))
    return new Error(`an outcome names the record ${String(recordId)}, which was not handed over or has one already`);
  if (resourceKey !== undefined && !isKey(resourceKey)) {
    return new Error(`a resourceKey is no text of 1 to ${LONGEST_KEY} characters`);
  }
  if (failure !== undefined && (!Object.hasOwn(ERROR_POLICY, failure.code) || typeof failure.message !== 'string')) {
    return new Error('a failure lacks one of the codes of @rollcall/core, or a message');
  }
  return undefined;
}

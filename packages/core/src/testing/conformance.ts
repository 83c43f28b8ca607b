/** What an adapter did against the contract: what is wrong, and what to do about it. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';

  constructor(
    readonly problem: string,
    readonly remedy: string,
    options?: { cause?: unknown },
  ) {
    super(`${problem} ${remedy}`, options);
  }
}

/** Throws what an adapter did wrong. `remedy` is a whole sentence for its author. */
export function fail(problem: string, remedy: string, cause?: unknown): never {
  throw new ConformanceError(problem, remedy, cause === undefined ? undefined : { cause });
}

/** One promise of the contract, to be made into one test. */
export interface ConformanceRule {
  /** Stable, like `abort-while-asking`. */
  readonly id: string;
  /** The promise, as a sentence: the name of the test. */
  readonly title: string;
  /** How long a test runner should let it run. */
  readonly timeoutMs: number;
  /** Throws a `ConformanceError` that says what is wrong and how to mend it. */
  readonly run: () => Promise<void>;
}

/** A promise that an adapter does not make, or that its fixture has no means to test. */
export interface LeftOutRule {
  readonly id: string;
  readonly title: string;
  readonly reason: string;
}

/**
 * The rules for one adapter: iterate over it to make tests. `leftOut` is what does not apply, and why; compare it with a list of
 * your own in a test, so that no rule goes unnoticed.
 */
export class Conformance implements Iterable<ConformanceRule> {
  constructor(
    readonly rules: readonly ConformanceRule[],
    readonly leftOut: readonly LeftOutRule[],
  ) {}

  [Symbol.iterator](): Iterator<ConformanceRule> {
    return this.rules[Symbol.iterator]();
  }
}

/** A rule before it is known whether it applies. */
export interface RuleDraft {
  id: string;
  title: string;
  /** Why it does not apply; undefined: it does. */
  leftOut?: string | undefined;
  /** 30 when absent. */
  seconds?: number;
  check: () => Promise<void> | void;
}

export function conformanceOf(drafts: readonly RuleDraft[]): Conformance {
  const rules = drafts.filter(({ leftOut }) => leftOut === undefined);
  return new Conformance(
    rules.map(({ id, title, seconds = 30, check }) => ({
      id,
      title,
      timeoutMs: seconds * 1000,
      run: () => ran(check),
    })),
    drafts.flatMap(({ id, title, leftOut: reason }) => (reason === undefined ? [] : [{ id, title, reason }])),
  );
}

/** What is thrown and is no finding of the kit comes from the fixture, or is a mistake of the kit. */
async function ran(check: RuleDraft['check']): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof ConformanceError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    fail(
      `The rule could not be tried: ${said}.`,
      'Look at the fixture: its servers must run, and its functions must not throw.',
      error,
    );
  }
}
